import { Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { EndpointOutput } from "@shared/endpoint.js";
import { createInvitation, listInvitations } from "@shared/endpoints/invitations.js";
import { limits } from "@shared/limits.js";
import { useId } from "react";
import { absoluteLink } from "../../absoluteLink.js";
import { useEndpointMutation, useMutationPending } from "../../api/useEndpointMutation.js";
import type { Role } from "../../labels/roles.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { SecretDialog } from "../../ui/SecretDialog.js";
import { SecretField } from "../../ui/SecretField.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { Time } from "../../ui/Time.js";
import { RoleChoice } from "./RoleChoice.js";

type Invitation = EndpointOutput<typeof createInvitation>;

interface InviteDialogProps {
	readonly workspace: { readonly id: string; readonly name: string };
	readonly opened: boolean;
	readonly close: () => void;
}

const ifLost = "If you lose it, revoke the invitation and create another one.";

/** Creates an invitation and shows its link once. */
export function InviteDialog({ workspace, opened, close }: InviteDialogProps) {
	const mutationKey = useId();
	const pending = useMutationPending(mutationKey);
	return (
		<SecretDialog<Invitation>
			opened={opened}
			close={close}
			title={`Invite to ${workspace.name}`}
			shownTitle="Send this link"
			name="link"
			ifLost={ifLost}
			pending={pending}
			form={(show) => (
				<InviteForm workspaceId={workspace.id} mutationKey={mutationKey} show={show} close={close} />
			)}
			display={({ link, role, expiresAt, note }, done) => (
				<SecretField label="Link" value={absoluteLink(link)} ifLost={ifLost} close={done}>
					<Text size="sm">
						{note !== undefined && `For ${note}. `}Send it yourself; Placelock sends no email. The first
						person to use it joins as {role}. It works once, until <Time at={expiresAt} format="exact" />, and
						cannot be shown again.
					</Text>
				</SecretField>
			)}
		/>
	);
}

interface InviteFormProps {
	readonly workspaceId: string;
	/** Groups the mutation with the dialog that waits for it. */
	readonly mutationKey: string;
	readonly show: (invitation: Invitation) => void;
	readonly close: () => void;
}

function InviteForm({ workspaceId, mutationKey, show, close }: InviteFormProps) {
	const mutation = useEndpointMutation(createInvitation, {
		refreshes: [listInvitations],
		onDone: show,
		mutationKey,
	});
	const form = useForm<{ role: Role; note: string }>({ initialValues: { role: "viewer", note: "" } });
	const invite = form.onSubmit(({ role, note }) =>
		mutation.mutate(
			{ params: { workspaceId }, body: { role, note: note.trim() === "" ? undefined : note.trim() } },
			{ onError: (error) => showFieldErrors(form, error) },
		),
	);
	return (
		<form onSubmit={invite} noValidate>
			<Stack>
				<RoleChoice {...form.getInputProps("role")} />
				<TextInput
					label="Note"
					description="Optional. Shown in the list of invitations, for example who it is for."
					{...maxCodePoints(limits.nameLength)}
					autoComplete="off"
					{...form.getInputProps("note")}
				/>
				<Text size="sm" c="dimmed">
					You get a link to send yourself. It works once, within {limits.invitationSeconds / 86_400} days.
				</Text>
				<ProblemNote problem={mutation.error} shownFields={["role", "note"]} />
				<DialogButtons submit="Create invite link" busy={mutation.isPending} close={close} />
			</Stack>
		</form>
	);
}
