import { Button, Group, Stack, Text } from "@mantine/core";
import type { EndpointOutput } from "@shared/endpoint.js";
import { resetAnyAccount } from "@shared/endpoints/accounts.js";
import { limits } from "@shared/limits.js";
import { useId } from "react";
import { absoluteLink } from "../../absoluteLink.js";
import { useEndpointMutation, useMutationPending } from "../../api/useEndpointMutation.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { SecretDialog } from "../../ui/SecretDialog.js";
import { SecretField } from "../../ui/SecretField.js";
import { Time } from "../../ui/Time.js";

type Reset = EndpointOutput<typeof resetAnyAccount>;

interface ResetLinkProps {
	readonly account: { readonly id: string; readonly name: string; readonly disabled: boolean };
	readonly opened: boolean;
	readonly close: () => void;
}

const minutes = limits.oneTimeLinkSeconds / 60;

const without = "Another one can be made, and this one stops working then.";

/** Makes a link with which somebody chooses a new password, and shows it, this once. */
export function ResetLink({ account, opened, close }: ResetLinkProps) {
	const making = useId();
	const pending = useMutationPending(making);
	return (
		<SecretDialog<Reset>
			opened={opened}
			close={close}
			title={`A new password for ${account.name}`}
			shownTitle={`Send this link to ${account.name}`}
			name="link"
			without={without}
			pending={pending}
			make={(show) => <CreateLinkForm account={account} making={making} show={show} close={close} />}
			shown={({ link, expiresAt }, done) => (
				<SecretField label="Link" value={absoluteLink(link)} without={without} close={done}>
					<Text size="sm">
						Send it yourself, and to nobody else: whoever opens it can take the account over. It works once,
						until <Time at={expiresAt} exact />, and cannot be shown again.
					</Text>
				</SecretField>
			)}
		/>
	);
}

function CreateLinkForm({
	account: { id, name, disabled },
	making,
	show,
	close,
}: Omit<ResetLinkProps, "opened"> & { readonly making: string; readonly show: (reset: Reset) => void }) {
	const mutation = useEndpointMutation(resetAnyAccount, { onDone: show, mutationKey: making });
	return (
		<Stack>
			<Text size="sm">
				You get a link that works once, for {minutes} minutes. With it {name} chooses a new password and is
				signed in; all other sessions of the account end then. Until it is used nothing changes, but a link
				made before stops working.
			</Text>
			{disabled && (
				<Text size="sm">
					The account is disabled: it has to be enabled before anybody can sign in with it.
				</Text>
			)}
			<ProblemNote problem={mutation.error} />
			<Group justify="flex-end" gap="xs">
				<Button variant="default" onClick={close}>
					Cancel
				</Button>
				<Button
					loading={mutation.isPending}
					onClick={() => mutation.mutate({ params: { accountId: id } })}
					data-autofocus
				>
					Make link
				</Button>
			</Group>
		</Stack>
	);
}
