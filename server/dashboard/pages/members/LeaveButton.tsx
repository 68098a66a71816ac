import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { listMembers, removeMember } from "@shared/endpoints/members.js";
import { listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useAccount } from "../../session/useSession.js";
import type { Workspace } from "../../shell/WorkspaceFrame.js";
import { useConfirm } from "../../ui/Confirm.js";

/** Everybody may leave a workspace, but for its last owner. */
export function LeaveButton({ workspace }: { readonly workspace: Workspace }) {
	const { id: accountId, operator } = useAccount();
	const confirm = useConfirm();
	const navigate = useNavigate();
	const leave = useEndpointMutation(removeMember, {
		// An operator stays, and sees the list without itself; for anybody else the page is over.
		refreshes: operator ? [listMembers, listWorkspaces] : [listWorkspaces],
	});
	const ask = () =>
		confirm({
			title: `Leave ${workspace.name}?`,
			consequence: operator
				? "You are no longer listed here. As an operator you may still do everything in this workspace."
				: "You see nothing of this workspace any more, and your admin keys do nothing in it. Only an owner can invite you again.",
			confirm: "Leave workspace",
			dangerous: true,
			onConfirm: async () => {
				await leave.mutateAsync({ params: { workspaceId: workspace.id, accountId } });
				if (!operator) await navigate(dashboardPaths.workspaces);
				notifications.show({ message: `You have left ${workspace.name}.` });
			},
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask}>
			Leave
		</Button>
	);
}
