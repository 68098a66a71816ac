import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { EmptyState } from "./EmptyState.js";
import { Page } from "./Page.js";

export function NotFoundPage() {
	return (
		<Page title="Not found">
			<EmptyState
				icon={IconMapOff}
				title="This page does not exist"
				action={
					<Button component={Link} to={dashboardPaths.workspaces} variant="default">
						All workspaces
					</Button>
				}
			>
				It may have been deleted, or you may not have access to it.
			</EmptyState>
		</Page>
	);
}
