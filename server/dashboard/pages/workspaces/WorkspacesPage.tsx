import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Badge, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { listWorkspaces } from "@shared/endpoints/workspaces.js";
import { IconLayoutGrid, IconPlus } from "@tabler/icons-react";
import { generatePath, Link } from "react-router";
import { type RecordOf, useEndpointPages } from "../../api/useEndpointPages.js";
import { roleName } from "../../labels/roles.js";
import { statusLabel } from "../../labels/statuses.js";
import { useAccount } from "../../session/useSession.js";
import { createdColumn } from "../../ui/createdColumn.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Page } from "../../ui/Page.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { NewWorkspace } from "./NewWorkspace.js";

type Workspace = RecordOf<typeof listWorkspaces>;

const columns: readonly Column<Workspace>[] = [
	{
		title: "Name",
		cell: ({ id, name }) => (
			<Anchor
				component={Link}
				to={generatePath(dashboardPaths.workspace, { workspaceId: id })}
				fw={500}
				size="sm"
			>
				{name}
			</Anchor>
		),
	},
	{
		title: "Status",
		fit: true,
		cell: ({ status }) => (
			<Badge color={status === "active" ? "green" : "yellow"}>{statusLabel(status)}</Badge>
		),
	},
	{ title: "Your role", fit: true, cell: ({ role }) => role && roleName(role) },
	createdColumn("Created"),
];

export function WorkspacesPage() {
	const { operator } = useAccount();
	const [creating, dialog] = useDisclosure(false);
	const pages = useEndpointPages(listWorkspaces, {});
	const { records, problem } = pages;
	const create = operator ? (
		<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
			Create workspace
		</Button>
	) : undefined;
	return (
		<Page
			title="Workspaces"
			description="A workspace holds a game's places and API keys."
			actions={records !== undefined && records.length > 0 && create}
		>
			{records === undefined && problem === undefined && <Loading />}
			{records === undefined && problem !== undefined && (
				<ErrorState problem={problem} tryAgain={pages.tryAgain} />
			)}
			{records?.length === 0 && (
				<EmptyState
					icon={IconLayoutGrid}
					title={operator ? "Create your first workspace" : "No workspaces yet"}
					action={create}
				>
					{operator
						? "Use one per game. You will add places and a key next."
						: "Ask a workspace owner for an invitation link, and open it while you are signed in."}
				</EmptyState>
			)}
			{records !== undefined && records.length > 0 && (
				<RecordTable
					label="Workspaces"
					columns={columns}
					records={records}
					keyOf={({ id }) => id}
					more={pages}
				/>
			)}
			<NewWorkspace opened={creating} close={dialog.close} />
		</Page>
	);
}
