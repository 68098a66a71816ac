import { Menu, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
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

/** The actions for one of your admin keys. */
export function AdminKeyActions({ adminKey }: { readonly adminKey: AdminKey }) {
	const { id, name, status } = adminKey;
	const confirm = useConfirm();
	const [rotating, dialog] = useDisclosure(false);
	const refreshes = [listAccountKeys];
	const revoke = useEndpointMutation(revokeAccountKey, { refreshes, success: () => `Revoked ${name}.` });
	const remove = useEndpointMutation(deleteAccountKey, { refreshes, success: () => `Deleted ${name}.` });
	// Outside the dialog: a retry after a lost response gets that response, even if the dialog was closed
	// meanwhile.
	const rotate = useEndpointMutation(rotateAccountKey, { refreshes });
	const params = { keyId: id };
	const askRevoke = () =>
		confirm({
			title: `Revoke ${name}?`,
			consequence:
				"Requests with this key are denied within a second. This cannot be undone: scripts that use it need a new key.",
			confirm: "Revoke key",
			dangerous: true,
			typed: name,
			onConfirm: () => revoke.mutateAsync({ params }),
		});
	const askDelete = () =>
		confirm({
			title: `Delete ${name}?`,
			consequence: "The key is removed from this list. What was done with it stays in the audit log.",
			confirm: "Delete key",
			dangerous: true,
			onConfirm: () => remove.mutateAsync({ params }),
		});
	return (
		<>
			<ActionsMenu name={name}>
				{status === "revoked" ? (
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
				shownTitle="Copy your new token now"
				name="token"
				ifLost={ifTokenLost}
				pending={rotate.isPending}
				form={(show) => <RotateForm adminKey={adminKey} mutation={rotate} show={show} close={dialog.close} />}
				display={(token, done) => <NewAdminToken token={token} close={done} />}
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
				<Text size="sm">The key gets a new token. Replace the old one wherever it is used.</Text>
				{inOverlap ? (
					<Text size="sm">
						The previous token is valid until <Time at={previousValidUntil} format="exact" />. If you rotate
						before then, both the previous and the current token are revoked immediately.
					</Text>
				) : (
					<Select
						label="Old token"
						description="Allow enough time to replace it wherever it is used."
						data={overlaps}
						value={overlap}
						onChange={(value) => setOverlap(value ?? overlap)}
					/>
				)}
				<ProblemNote problem={mutation.error} />
				<DialogButtons
					submit={overlap === "0" ? "Rotate and revoke old token" : "Rotate"}
					busy={mutation.isPending}
					dangerous={overlap === "0"}
					close={close}
				/>
			</Stack>
		</form>
	);
}
