import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { listMembers } from "@shared/endpoints/members.js";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { roleDescriptions, roleName, rolesInOrder } from "../../labels/roles.js";
import { useAccount } from "../../session/useSession.js";
import { useWorkspace, type Workspace } from "../../session/useWorkspace.js";
import { createdColumn } from "../../ui/createdColumn.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Page } from "../../ui/Page.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Invitations } from "./Invitations.js";
import { InviteDialog } from "./InviteDialog.js";
import { LeaveButton } from "./LeaveButton.js";
import { type Member, MemberActions } from "./MemberActions.js";

export function MembersPage() {
	const workspace = useWorkspace();
	const { id: ownId } = useAccount();
	const isOwner = workspace.role === "owner";
	const [inviting, dialog] = useDisclosure(false);
	const pages = useEndpointPages(listMembers, { params: { workspaceId: workspace.id } });
	const { records, problem } = pages;
	const invite = isOwner ? (
		<Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={dialog.open}>
			Invite
		</Button>
	) : undefined;
	return (
		<Page
			title="Members"
			description="Who has access to this workspace."
			actions={records !== undefined && records.length > 0 && invite}
		>
			{records === undefined && problem === undefined && <Loading />}
			{records === undefined && problem !== undefined && (
				<ErrorState problem={problem} tryAgain={pages.tryAgain} />
			)}
			{records?.length === 0 && (
				<EmptyState icon={IconUsers} title="No members yet" action={invite}>
					Only operators can use this workspace until you invite someone.
				</EmptyState>
			)}
			{records !== undefined && records.length > 0 && (
				<RecordTable
					label="Members"
					columns={columnsFor(workspace, ownId, isOwner)}
					records={records}
					keyOf={({ accountId }) => accountId}
					more={pages}
				/>
			)}
			<AboutRoles />
			{isOwner && <Invitations workspaceId={workspace.id} />}
			{isOwner && <InviteDialog workspace={workspace} opened={inviting} close={dialog.close} />}
		</Page>
	);
}

/** What the roles allow, and who has full access without being listed. */
function AboutRoles() {
	const { operator } = useAccount();
	return (
		<Stack gap={2}>
			{rolesInOrder.map((role) => (
				<Text key={role} size="sm" c="dimmed">
					<strong>{roleName(role)}</strong>: {roleDescriptions[role]}
				</Text>
			))}
			<Text size="sm" c="dimmed">
				<strong>Operators</strong> of this server have full access without being listed.{" "}
				{operator && "You are one."}
			</Text>
		</Stack>
	);
}

function columnsFor(workspace: Workspace, ownId: string, isOwner: boolean): readonly Column<Member>[] {
	return [
		{
			title: "Name",
			cell: ({ accountId, name }) => (
				<Group gap={8} wrap="nowrap">
					<bdi>{name}</bdi>
					{accountId === ownId && <Badge color="gray">You</Badge>}
				</Group>
			),
		},
		{
			title: "Role",
			fit: true,
			cell: ({ role }) => <Badge color={role === "owner" ? "indigo" : "gray"}>{roleName(role)}</Badge>,
		},
		createdColumn("Member since"),
		{
			title: "Actions",
			untitled: true,
			fit: true,
			right: true,
			cell: (member) => (
				<Group gap={4} wrap="nowrap" justify="flex-end">
					{member.accountId === ownId && <LeaveButton workspace={workspace} />}
					{isOwner && <MemberActions workspace={workspace} member={member} />}
				</Group>
			),
		},
	];
}
