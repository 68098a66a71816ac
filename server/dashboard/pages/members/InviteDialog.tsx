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

const without = "Without it the invitation is of no use: take it back, and make another.";

/** Makes an invitation and shows its link, this once. */
export function InviteDialog({ workspace, opened, close }: InviteDialogProps) {
	const making = useId();
	const pending = useMutationPending(making);
	return (
		<SecretDialog<Invitation>
			opened={opened}
			close={close}
			title={`Invite somebody to ${workspace.name}`}
			shownTitle="Send this link"
			name="link"
			without={without}
			pending={pending}
			make={(show) => <InviteForm workspaceId={workspace.id} making={making} show={show} close={close} />}
			shown={({ link, role, expiresAt, note }, done) => (
				<SecretField label="Link" value={absoluteLink(link)} without={without} close={done}>
					<Text size="sm">
						Send it yourself{note === undefined ? "" : ` (noted: ${note})`}; Placelock sends no mail. Whoever
						opens it first joins as {role}. It works once, until <Time at={expiresAt} exact />, and cannot be
						shown again.
					</Text>
				</SecretField>
			)}
		/>
	);
}

interface InviteFormProps {
	readonly workspaceId: string;
	/** What making the invitation is part of. */
	readonly making: string;
	readonly show: (invitation: Invitation) => void;
	readonly close: () => void;
}

function InviteForm({ workspaceId, making, show, close }: InviteFormProps) {
	const mutation = useEndpointMutation(createInvitation, {
		refreshes: [listInvitations],
		onDone: show,
		mutationKey: making,
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
					label="For whom"
					description="Only so that you recognise it in the list. May be left out."
					{...maxCodePoints(limits.nameLength)}
					autoComplete="off"
					{...form.getInputProps("note")}
				/>
				<Text size="sm" c="dimmed">
					You get a link that works once, for 7 days, and send it to the person yourself.
				</Text>
				<ProblemNote problem={mutation.error} shownFields={["role", "note"]} />
				<DialogButtons submit="Make link" busy={mutation.isPending} close={close} />
			</Stack>
		</form>
	);
}
