import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { createWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { limits } from "@shared/limits.js";
import { generatePath, useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";

interface NewWorkspaceProps {
	readonly opened: boolean;
	readonly close: () => void;
}

export function NewWorkspace({ opened, close }: NewWorkspaceProps) {
	return (
		<Modal opened={opened} onClose={close} title="Create workspace">
			<NewWorkspaceForm close={close} />
		</Modal>
	);
}

function NewWorkspaceForm({ close }: { readonly close: () => void }) {
	const navigate = useNavigate();
	const mutation = useEndpointMutation(createWorkspace, {
		refreshes: [listWorkspaces],
		success: ({ name }) => `Created ${name}.`,
		// The overview shows the next steps.
		onDone: ({ id }) => navigate(generatePath(dashboardPaths.overview, { workspaceId: id })),
	});
	const form = useForm({
		initialValues: { name: "" },
		validate: { name: (name) => (name.trim() === "" ? "Enter a name." : null) },
	});
	const create = form.onSubmit(({ name }) =>
		mutation.mutate({ body: { name: name.trim() } }, { onError: (error) => showFieldErrors(form, error) }),
	);
	return (
		<form onSubmit={create} noValidate>
			<Stack>
				<TextInput
					label="Name"
					description="The name of your game or team. You can change it later."
					{...maxCodePoints(limits.nameLength)}
					required
					data-autofocus
					{...form.getInputProps("name")}
				/>
				<ProblemNote problem={mutation.error} shownFields={["name"]} />
				<DialogButtons submit="Create workspace" busy={mutation.isPending} close={close} />
			</Stack>
		</form>
	);
}
