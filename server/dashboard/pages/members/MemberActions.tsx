import { Menu, Modal, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { changeMember, listMembers, removeMember } from "@shared/endpoints/members.js";
import { getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { IconUserEdit, IconUserMinus } from "@tabler/icons-react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import type { RecordOf } from "../../api/useEndpointPages.js";
import { type Role, roleSentence, rolesInOrder } from "../../labels/roles.js";
import { useAccount } from "../../session/useSession.js";
import type { Workspace } from "../../shell/WorkspaceFrame.js";
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

/** What an owner can do with a member; everybody leaves by `LeaveButton`. */
export function MemberActions({ workspace, member }: MemberActionsProps) {
	const { id: ownId } = useAccount();
	const confirm = useConfirm();
	const [changing, dialog] = useDisclosure(false);
	const remove = useEndpointMutation(removeMember, { refreshes: [listMembers] });
	const isOwn = member.accountId === ownId;
	const { name } = member;
	const ask = () =>
		confirm({
			title: `Remove ${name} from ${workspace.name}?`,
			consequence: `From the next call on, ${name} sees nothing of this workspace, in open browsers too, and with admin keys. The account stays, and can be invited again. Keys of the workspace that ${name} has seen go on working: rotate those that should not.`,
			confirm: "Remove member",
			dangerous: true,
			onConfirm: async () => {
				await remove.mutateAsync({ params: { workspaceId: workspace.id, accountId: member.accountId } });
				notifications.show({ message: `${name} no longer belongs to ${workspace.name}.` });
			},
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
				title={isOwn ? "Change your own role" : `Change the role of ${name}`}
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
		onDone: ({ name, role }) => {
			close();
			const who = isOwn ? "You are" : `${name} is`;
			notifications.show({ message: `${who} ${role} of ${workspace.name} now.` });
		},
	});
	const now = rolesInOrder.find((role) => role === member.role) ?? "viewer";
	const form = useForm<{ role: Role }>({ initialValues: { role: now } });
	const change = form.onSubmit(({ role }) => {
		if (role === member.role) return close();
		mutation.mutate(
			{ params: { workspaceId: workspace.id, accountId: member.accountId }, body: { role } },
			{ onError: (error) => showFieldErrors(form, error) },
		);
	});
	const { role } = form.values;
	const givesAway = isOwn && !operator && member.role === "owner" && role !== "owner";
	return (
		<form onSubmit={change} noValidate>
			<Stack>
				<RoleChoice {...form.getInputProps("role")} />
				{givesAway && (
					<Text size="sm">
						Afterwards you cannot change it back yourself: only another owner can. {roleSentence(role)}
					</Text>
				)}
				<ProblemNote problem={mutation.error} shownFields={["role"]} />
				<DialogButtons submit="Change role" busy={mutation.isPending} dangerous={givesAway} close={close} />
			</Stack>
		</form>
	);
}
