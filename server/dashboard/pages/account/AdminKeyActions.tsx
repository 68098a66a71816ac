import { Menu, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import type { EndpointOutput } from "@shared/endpoint.js";
import {
	deleteAccountKey,
	listAccountKeys,
	revokeAccountKey,
	rotateAccountKey,
} from "@shared/endpoints/account.js";
import { limits } from "@shared/limits.js";
import { IconBan, IconRotate, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Input } from "../../api/client.js";
import { type EndpointMutation, useEndpointMutation } from "../../api/useEndpointMutation.js";
import type { RecordOf } from "../../api/useEndpointPages.js";
import { ifTokenLost } from "../../labels/keys.js";
import { overlaps } from "../../labels/overlaps.js";
import { ActionsMenu } from "../../ui/ActionsMenu.js";
import { useConfirm } from "../../ui/Confirm.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { SecretDialog } from "../../ui/SecretDialog.js";
import { Time } from "../../ui/Time.js";
import { useNow } from "../../ui/useNow.js";
import { NewAdminToken } from "./NewAdminToken.js";

export type AdminKey = RecordOf<typeof listAccountKeys>;

/** What can be done with an own admin key. */
export function AdminKeyActions({ adminKey }: { readonly adminKey: AdminKey }) {
	const { id, name, state } = adminKey;
	const confirm = useConfirm();
	const [rotating, dialog] = useDisclosure(false);
	const refreshes = [listAccountKeys];
	const revoke = useEndpointMutation(revokeAccountKey, { refreshes });
	const remove = useEndpointMutation(deleteAccountKey, { refreshes });
	// Here, not in the dialog: trying again after a lost answer gets that very answer, even if the dialog was closed meanwhile.
	const rotate = useEndpointMutation(rotateAccountKey, { refreshes });
	const params = { keyId: id };
	const askRevoke = () =>
		confirm({
			title: `Revoke ${name}?`,
			consequence:
				"Every call with its tokens is refused within a second. This is final: a program that still uses it needs a new key.",
			confirm: "Revoke key",
			dangerous: true,
			typed: name,
			onConfirm: async () => {
				await revoke.mutateAsync({ params });
				notifications.show({ message: `${name} is revoked.` });
			},
		});
	const askDelete = () =>
		confirm({
			title: `Delete ${name}?`,
			consequence:
				"Its record goes from this list. Its calls are refused already; what it did stays in the audit.",
			confirm: "Delete key",
			dangerous: true,
			onConfirm: () => remove.mutateAsync({ params }),
		});
	return (
		<>
			<ActionsMenu name={name}>
				{state === "revoked" ? (
					<Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={askDelete}>
						Delete
					</Menu.Item>
				) : (
					<>
						<Menu.Item leftSection={<IconRotate size={16} aria-hidden />} onClick={dialog.open}>
							Rotate
						</Menu.Item>
						<Menu.Item color="red" leftSection={<IconBan size={16} aria-hidden />} onClick={askRevoke}>
							Revoke
						</Menu.Item>
					</>
				)}
			</ActionsMenu>
			<SecretDialog<string>
				opened={rotating}
				close={dialog.close}
				title={`Rotate ${name}`}
				shownTitle="Copy the new token now"
				name="token"
				without={ifTokenLost}
				pending={rotate.isPending}
				make={(show) => <RotateForm adminKey={adminKey} mutation={rotate} show={show} close={dialog.close} />}
				shown={(token, done) => <NewAdminToken token={token} close={done} />}
			/>
		</>
	);
}

interface RotateFormProps {
	readonly adminKey: AdminKey;
	readonly mutation: EndpointMutation<
		Input<typeof rotateAccountKey>,
		EndpointOutput<typeof rotateAccountKey>
	>;
	readonly show: (token: string) => void;
	readonly close: () => void;
}

function RotateForm({ adminKey, mutation, show, close }: RotateFormProps) {
	const { id: keyId, previousValidUntil } = adminKey;
	const now = useNow();
	const inOverlap = previousValidUntil !== undefined && new Date(previousValidUntil) > now;
	const [overlap, setOverlap] = useState(inOverlap ? "0" : String(limits.defaultOverlapSeconds));
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				mutation.mutate(
					{ params: { keyId }, body: { overlapSeconds: Number(overlap) } },
					{
						onSuccess: ({ token }) => {
							show(token);
							mutation.reset();
						},
					},
				);
			}}
		>
			<Stack>
				<Text size="sm">The key gets a new token. Put it in place wherever the old one is used.</Text>
				{inOverlap ? (
					<Text size="sm">
						The token before the current one is good until <Time at={previousValidUntil} exact />. Until then
						it can be rotated only so that both older tokens stop working at once.
					</Text>
				) : (
					<Select
						label="How long the old token stays good"
						description="Long enough to put the new one in place; at once when the old one has leaked."
						data={overlaps}
						value={overlap}
						onChange={(value) => setOverlap(value ?? overlap)}
					/>
				)}
				<ProblemNote problem={mutation.error} />
				<DialogButtons
					submit={overlap === "0" ? "Rotate, and end the old token" : "Rotate"}
					busy={mutation.isPending}
					dangerous={overlap === "0"}
					close={close}
				/>
			</Stack>
		</form>
	);
}
