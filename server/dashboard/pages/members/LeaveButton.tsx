import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Button } from "@mantine/core";
import { listMembers, removeMember } from "@shared/endpoints/members.js";
import { listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useAccount } from "../../session/useSession.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { useConfirm } from "../../ui/Confirm.js";

/** Every member can leave a workspace, except its last owner. */
export function LeaveButton({ workspace }: { readonly workspace: Workspace }) {
	const { id: accountId, operator } = useAccount();
	const confirm = useConfirm();
	const navigate = useNavigate();
	const leave = useEndpointMutation(removeMember, {
		// Operators keep access and see the updated list; everyone else leaves the page.
		success: () => `You left ${workspace.name}.`,
		refreshes: operator ? [listMembers, listWorkspaces] : [listWorkspaces],
	});
	const ask = () =>
		confirm({
			title: `Leave ${workspace.name}?`,
			consequence: operator
				? "You are removed from the members. As an operator you keep full access."
				: "You and your admin keys lose access to this workspace. Only an owner can invite you again.",
			confirm: "Leave workspace",
			dangerous: true,
			onConfirm: async () => {
				await leave.mutateAsync({ params: { workspaceId: workspace.id, accountId } });
				if (!operator) await navigate(dashboardPaths.workspaces);
			},
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask}>
			Leave
		</Button>
	);
}
