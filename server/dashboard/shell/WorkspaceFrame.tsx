import { Alert } from "@mantine/core";
import { getWorkspace } from "@shared/endpoints/workspaces.js";
import { IconPlayerPause } from "@tabler/icons-react";
import { Outlet, useParams } from "react-router";
import { useEndpointQuery } from "../api/useEndpointQuery.js";
import { ErrorState } from "../ui/ErrorState.js";
import { useHasUncopiedSecret } from "../ui/LeaveGuards.js";
import { LoadingPage } from "../ui/Loading.js";
import { NotFoundPage } from "../ui/NotFoundPage.js";
import { PageScope } from "../ui/Page.js";

/** The frame around the pages of one workspace, which get it from `useWorkspace`. */
export function WorkspaceFrame() {
	const { workspaceId = "" } = useParams();
	const { data: workspace, error, refetch } = useEndpointQuery(getWorkspace, { params: { workspaceId } });
	const hasUncopiedSecret = useHasUncopiedSecret();
	// Also if it was loaded before: it was deleted, or the account left it. But an uncopied secret stays.
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
					All requests with its keys are denied until it is resumed.
				</Alert>
			)}
			<PageScope value={workspace.name}>
				<Outlet context={workspace} key={workspace.id} />
			</PageScope>
		</>
	);
}
