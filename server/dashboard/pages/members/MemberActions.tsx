import { Menu, Modal, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { changeMember, listMembers, removeMember } from "@shared/endpoints/members.js";
import { getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { IconUserEdit, IconUserMinus } from "@tabler/icons-react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import type { RecordOf } from "../../api/useEndpointPages.js";
import { type Role, rolesInOrder } from "../../labels/roles.js";
import { useAccount } from "../../session/useSession.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { ActionsMenu } from "../../ui/ActionsMenu.js";
import { useConfirm } from "../../ui/Confirm.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { RoleChoice } from "./RoleChoice.js";

export type Member = RecordOf<typeof listMembers>;

interface MemberActionsProps {
	readonly workspace: Workspace;
	readonly member: Member;
}

/** The actions an owner has for a member. Members leave with `LeaveButton`. */
export function MemberActions({ workspace, member }: MemberActionsProps) {
	const { id: ownId } = useAccount();
	const confirm = useConfirm();
	const [changing, dialog] = useDisclosure(false);
	const { name } = member;
	const remove = useEndpointMutation(removeMember, {
		refreshes: [listMembers],
		success: () => `Removed ${name} from ${workspace.name}.`,
	});
	const isOwn = member.accountId === ownId;
	const ask = () =>
		confirm({
			title: `Remove ${name} from ${workspace.name}?`,
			consequence: `${name} loses access to this workspace immediately, also with admin keys. The account stays and can be invited again. Keys that ${name} has seen keep working: rotate those that should not.`,
			confirm: "Remove member",
			dangerous: true,
			onConfirm: () =>
				remove.mutateAsync({ params: { workspaceId: workspace.id, accountId: member.accountId } }),
		});
	return (
		<>
			<ActionsMenu name={name}>
				<Menu.Item leftSection={<IconUserEdit size={16} aria-hidden />} onClick={dialog.open}>
					Change role
				</Menu.Item>
				{!isOwn && (
					<Menu.Item color="red" leftSection={<IconUserMinus size={16} aria-hidden />} onClick={ask}>
						Remove
					</Menu.Item>
				)}
			</ActionsMenu>
			<Modal
				opened={changing}
				onClose={dialog.close}
				title={isOwn ? "Change your own role" : `Change role of ${name}`}
			>
				<RoleForm workspace={workspace} member={member} isOwn={isOwn} close={dialog.close} />
			</Modal>
		</>
	);
}

function RoleForm({
	workspace,
	member,
	isOwn,
	close,
}: MemberActionsProps & { readonly isOwn: boolean; readonly close: () => void }) {
	const { operator } = useAccount();
	const mutation = useEndpointMutation(changeMember, {
		refreshes: [listMembers, ...(isOwn ? [getWorkspace, listWorkspaces] : [])],
		onDone: close,
		success: ({ name, role }) => `${isOwn ? "Your" : `${name}'s`} role in ${workspace.name} is now ${role}.`,
	});
	const current = rolesInOrder.find((role) => role === member.role) ?? "viewer";
	const form = useForm<{ role: Role }>({ initialValues: { role: current } });
	const change = form.onSubmit(({ role }) => {
		if (role === member.role) return close();
		mutation.mutate(
			{ params: { workspaceId: workspace.id, accountId: member.accountId }, body: { role } },
			{ onError: (error) => showFieldErrors(form, error) },
		);
	});
	const { role } = form.values;
	const losesOwnership = isOwn && !operator && member.role === "owner" && role !== "owner";
	return (
		<form onSubmit={change} noValidate>
			<Stack>
				<RoleChoice {...form.getInputProps("role")} />
				{losesOwnership && <Text size="sm">You cannot undo this yourself: only another owner can.</Text>}
				<ProblemNote problem={mutation.error} shownFields={["role"]} />
				<DialogButtons
					submit="Change role"
					busy={mutation.isPending}
					dangerous={losesOwnership}
					close={close}
				/>
			</Stack>
		</form>
	);
}
