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

const ifLost = "If you lose it, create another one; this one then stops working.";

/** Creates a password reset link and shows it once. */
export function ResetLink({ account, opened, close }: ResetLinkProps) {
	const mutationKey = useId();
	const pending = useMutationPending(mutationKey);
	return (
		<SecretDialog<Reset>
			opened={opened}
			close={close}
			title={`Password reset link for ${account.name}`}
			shownTitle={`Send this link to ${account.name}`}
			name="link"
			ifLost={ifLost}
			pending={pending}
			form={(show) => (
				<CreateLinkForm account={account} mutationKey={mutationKey} show={show} close={close} />
			)}
			display={({ link, expiresAt }, done) => (
				<SecretField label="Link" value={absoluteLink(link)} ifLost={ifLost} close={done}>
					<Text size="sm">
						Send it to nobody else: anyone who opens it can take over the account. It works once, until{" "}
						<Time at={expiresAt} format="exact" />, and cannot be shown again.
					</Text>
				</SecretField>
			)}
		/>
	);
}

function CreateLinkForm({
	account: { id, name, disabled },
	mutationKey,
	show,
	close,
}: Omit<ResetLinkProps, "opened"> & { readonly mutationKey: string; readonly show: (reset: Reset) => void }) {
	const mutation = useEndpointMutation(resetAnyAccount, { onDone: show, mutationKey });
	return (
		<Stack>
			<Text size="sm">
				You get a link that works once, within {minutes} minutes. {name} uses it to choose a new password and
				sign in, which ends all other sessions of the account. Creating it invalidates any earlier link.
			</Text>
			{disabled && <Text size="sm">The account is disabled. Enable it before anyone can sign in to it.</Text>}
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
					Create link
				</Button>
			</Group>
		</Stack>
	);
}
