import { Button } from "@mantine/core";
import { changeWorkspace, getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { Section } from "../../ui/Section.js";

/** Suspends the workspace, which stops all its keys, and resumes it. */
export function StatusSection({ workspace: { id, name, status } }: { readonly workspace: Workspace }) {
	const confirm = useConfirm();
	const mutation = useEndpointMutation(changeWorkspace, {
		refreshes: [getWorkspace, listWorkspaces],
		success: ({ status }) => `${status === "active" ? "Resumed" : "Suspended"} ${name}.`,
	});
	const params = { workspaceId: id };
	const suspend = () =>
		confirm({
			title: `Suspend ${name}?`,
			consequence:
				"Within a second, requests with this workspace's keys are denied (workspace_suspended), also from running game servers. Nothing is deleted, and you can resume it at any time.",
			confirm: "Suspend workspace",
			dangerous: true,
			onConfirm: () => mutation.mutateAsync({ params, body: { status: "suspended" } }),
		});
	const resume = () => mutation.mutate({ params, body: { status: "active" } });
	if (status === "suspended") {
		return (
			<Section
				title="Status: suspended"
				description="All requests with its keys are denied. They work again within a second after you resume it."
				actions={
					<Button onClick={resume} loading={mutation.isPending}>
						Resume workspace
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
			description="Suspending denies all requests with this workspace's keys. You can resume it at any time."
			actions={
				<Button variant="default" onClick={suspend}>
					Suspend workspace
				</Button>
			}
		/>
	);
}
