import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Button, List, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { listKeys } from "@shared/endpoints/keys.js";
import { deleteWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { generatePath, Link, useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { statusLabels } from "../../labels/keys.js";
import type { Workspace } from "../../shell/WorkspaceFrame.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Section } from "../../ui/Section.js";
import { RevokeAll } from "./RevokeAll.js";

/** How many of the keys that stand in the way are named. */
const named = 5;

/** Deletes the workspace, which the server refuses while a key is left that is not revoked. */
export function DeleteSection({ workspace }: { readonly workspace: Workspace }) {
	const { id: workspaceId, name } = workspace;
	const confirm = useConfirm();
	const navigate = useNavigate();
	const left = useUnrevokedKeys(workspaceId);
	const mutation = useEndpointMutation(deleteWorkspace, { refreshes: [listWorkspaces] });
	const ask = () =>
		confirm({
			title: `Delete ${name}?`,
			consequence:
				"Its places, revoked keys, members, invitations, refusals and usage are deleted with it. This cannot be undone. What was done in it stays in the audit.",
			confirm: "Delete workspace",
			dangerous: true,
			typed: name,
			onConfirm: async () => {
				try {
					await mutation.mutateAsync({ params: { workspaceId } });
				} catch (error) {
					// A key may have been made meanwhile: then the list below says which.
					left.refetch();
					throw error;
				}
				await navigate(dashboardPaths.workspaces);
				notifications.show({ message: `${name} was deleted.` });
			},
		});
	const isEmpty = left.keys?.length === 0;
	return (
		<Section
			title="Delete this workspace"
			description="With everything in it, for good. Refused while it holds a key that is not revoked, so that no game is cut off by surprise."
			danger
			actions={
				isEmpty && (
					<Button color="red" onClick={ask}>
						Delete workspace
					</Button>
				)
			}
		>
			{left.keys === undefined && left.error === null && <Loading rows={1} />}
			{left.keys === undefined && left.error !== null && (
				<ErrorState problem={left.error} tryAgain={left.refetch} />
			)}
			{left.keys !== undefined && !isEmpty && (
				<Stack gap={6}>
					<Text size="sm">It cannot be deleted yet. These keys are not revoked:</Text>
					<List size="sm">
						{left.keys.slice(0, named).map(({ id, name: key, state }) => (
							<List.Item key={id}>
								<strong>{key}</strong> ({statusLabels[state].label.toLowerCase()})
							</List.Item>
						))}
						{left.keys.length > named && <List.Item>and more</List.Item>}
					</List>
					<Anchor component={Link} to={generatePath(dashboardPaths.keys, { workspaceId })} size="sm">
						Look at the keys
					</Anchor>
				</Stack>
			)}
			<RevokeAll workspace={workspace} isOffered={left.keys !== undefined && !isEmpty} />
		</Section>
	);
}

/** Some of the keys that are not revoked, all of them when they are few. */
function useUnrevokedKeys(workspaceId: string) {
	const ask = (state: "active" | "disabled" | "expired") => ({
		params: { workspaceId },
		query: { state, limit: named + 1 },
	});
	const queries = [
		useEndpointQuery(listKeys, ask("active")),
		useEndpointQuery(listKeys, ask("disabled")),
		useEndpointQuery(listKeys, ask("expired")),
	];
	const pages = queries.flatMap(({ data }) => (data === undefined ? [] : [data.data]));
	return {
		keys: pages.length === queries.length ? pages.flat() : undefined,
		error: queries.find(({ error }) => error !== null)?.error ?? null,
		refetch: () => {
			for (const query of queries) query.refetch();
		},
	};
}
