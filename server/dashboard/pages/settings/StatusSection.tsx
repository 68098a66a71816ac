import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { changeWorkspace, getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import type { Workspace } from "../../shell/WorkspaceFrame.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { Section } from "../../ui/Section.js";

/** Stops all keys of the workspace at once, and lets them work again. */
export function StatusSection({ workspace: { id, name, status } }: { readonly workspace: Workspace }) {
	const confirm = useConfirm();
	const mutation = useEndpointMutation(changeWorkspace, { refreshes: [getWorkspace, listWorkspaces] });
	const params = { workspaceId: id };
	const suspend = () =>
		confirm({
			title: `Suspend ${name}?`,
			consequence:
				"Within a second, every call with one of this workspace's keys is refused with workspace_suspended, in running game servers too. Nothing is deleted, and it can be made active again at any time.",
			confirm: "Suspend workspace",
			dangerous: true,
			onConfirm: () => mutation.mutateAsync({ params, body: { status: "suspended" } }),
		});
	const activate = () =>
		mutation.mutate(
			{ params, body: { status: "active" } },
			{ onSuccess: () => notifications.show({ message: `The keys of ${name} work again.` }) },
		);
	if (status === "suspended") {
		return (
			<Section
				title="Status: suspended"
				description="Every call with its keys is refused. Once it is active again they work as before, within a second."
				actions={
					<Button onClick={activate} loading={mutation.isPending}>
						Make active again
					</Button>
				}
			>
				<ProblemNote problem={mutation.error} />
			</Section>
		);
	}
	return (
		<Section
			title={`Status: ${status}`}
			description="Suspending refuses every call with this workspace's keys, until it is made active again. Nothing is lost by it."
			actions={
				<Button variant="default" onClick={suspend}>
					Suspend workspace
				</Button>
			}
		/>
	);
}
