import { Alert } from "@mantine/core";
import type { workspaceRecord } from "@shared/endpoints/records.js";
import { getWorkspace } from "@shared/endpoints/workspaces.js";
import type { Infer } from "@shared/schema.js";
import { IconPlayerPause } from "@tabler/icons-react";
import { Outlet, useOutletContext, useParams } from "react-router";
import { useEndpointQuery } from "../api/useEndpointQuery.js";
import { ErrorState } from "../ui/ErrorState.js";
import { useHasUncopiedSecret } from "../ui/LeaveGuards.js";
import { LoadingPage } from "../ui/Loading.js";
import { NotFoundPage } from "../ui/NotFoundPage.js";

export type Workspace = Infer<typeof workspaceRecord>;

/** Around the pages of one workspace, which find it by `useWorkspace`. */
export function WorkspaceFrame() {
	const { workspaceId = "" } = useParams();
	const { data: workspace, error, refetch } = useEndpointQuery(getWorkspace, { params: { workspaceId } });
	const hasUncopiedSecret = useHasUncopiedSecret();
	// Also when it was there before: it was deleted, or the account no longer belongs to it. But what cannot be shown again stays.
	if (error?.code === "not_found" && !(hasUncopiedSecret && workspace !== undefined)) return <NotFoundPage />;
	if (workspace === undefined) {
		if (error === null) return <LoadingPage />;
		return <ErrorState problem={error} tryAgain={refetch} />;
	}
	return (
		<>
			{workspace.status === "suspended" && (
				<Alert
					color="yellow"
					icon={<IconPlayerPause aria-hidden />}
					title="This workspace is suspended"
					mb="lg"
				>
					Every call with its keys is refused until its status is active again.
				</Alert>
			)}
			<Outlet context={workspace} key={workspace.id} />
		</>
	);
}

/** The workspace whose page this is. */
export function useWorkspace(): Workspace {
	return useOutletContext<Workspace>();
}

/** Whether the account may change what is in the workspace: keys and places. Viewers look only. */
export function useCanEdit(): boolean {
	const { role } = useWorkspace();
	return role === "owner" || role === "admin";
}
