import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Button, List, Stack, Text } from "@mantine/core";
import { listKeys } from "@shared/endpoints/keys.js";
import { deleteWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { generatePath, Link, useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { statusLabels } from "../../labels/keys.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Section } from "../../ui/Section.js";
import { RevokeAll } from "./RevokeAll.js";

/** How many of the remaining keys are named. */
const named = 5;

/** Deletes the workspace, which the server allows only once all keys are revoked. */
export function DeleteSection({ workspace }: { readonly workspace: Workspace }) {
	const { id: workspaceId, name } = workspace;
	const confirm = useConfirm();
	const navigate = useNavigate();
	const unrevoked = useUnrevokedKeys(workspaceId);
	const mutation = useEndpointMutation(deleteWorkspace, {
		refreshes: [listWorkspaces],
		success: () => `Deleted ${name}.`,
	});
	const ask = () =>
		confirm({
			title: `Delete ${name}?`,
			consequence:
				"Its places, revoked keys, members, invitations, denied requests and usage are deleted with it. Its audit log stays. This cannot be undone.",
			confirm: "Delete workspace",
			dangerous: true,
			typed: name,
			onConfirm: async () => {
				try {
					await mutation.mutateAsync({ params: { workspaceId } });
				} catch (error) {
					// A key may have been created meanwhile: the list shows it then.
					unrevoked.refetch();
					throw error;
				}
				await navigate(dashboardPaths.workspaces);
			},
		});
	const isEmpty = unrevoked.keys?.length === 0;
	return (
		<Section
			title="Delete this workspace"
			description="Permanently deletes everything in it. All its keys must be revoked first, so that no game loses access by accident."
			danger
			actions={
				isEmpty && (
					<Button color="red" onClick={ask}>
						Delete workspace
					</Button>
				)
			}
		>
			{unrevoked.keys === undefined && unrevoked.error === null && <Loading rows={1} />}
			{unrevoked.keys === undefined && unrevoked.error !== null && (
				<ErrorState problem={unrevoked.error} tryAgain={unrevoked.refetch} />
			)}
			{unrevoked.keys !== undefined && !isEmpty && (
				<Stack gap={6}>
					<Text size="sm">These keys are not revoked yet:</Text>
					<List size="sm">
						{unrevoked.keys.slice(0, named).map(({ id, name: key, status }) => (
							<List.Item key={id}>
								<strong>{key}</strong> ({statusLabels[status].label.toLowerCase()})
							</List.Item>
						))}
						{unrevoked.keys.length > named && <List.Item>and more</List.Item>}
					</List>
					<Anchor component={Link} to={generatePath(dashboardPaths.keys, { workspaceId })} size="sm">
						View keys
					</Anchor>
				</Stack>
			)}
			<RevokeAll workspace={workspace} isOffered={unrevoked.keys !== undefined && !isEmpty} />
		</Section>
	);
}

/** The first few keys that are not revoked. */
function useUnrevokedKeys(workspaceId: string) {
	const ask = (status: "active" | "disabled" | "expired") => ({
		params: { workspaceId },
		query: { status, limit: named + 1 },
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
