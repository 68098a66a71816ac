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
				title="There is nothing at this address"
				action={
					<Button component={Link} to={dashboardPaths.workspaces} variant="default">
						All workspaces
					</Button>
				}
			>
				What was here may have been deleted, or this account may not see it.
			</EmptyState>
		</Page>
	);
}
