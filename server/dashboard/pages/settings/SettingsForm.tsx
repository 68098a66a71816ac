import { Button, Group, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { placeProofs } from "@shared/endpoints/records.js";
import { changeWorkspace, getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { limits } from "@shared/limits.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { placeProofLabels } from "../../labels/placeProofs.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { Section } from "../../ui/Section.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { changesBetween, numberError, type SettingsValues, valuesOf } from "./settingsValues.js";

const fields = ["name", "placeProof", "idleDays", "maxKeys"];

export function SettingsForm({ workspace }: { readonly workspace: Workspace }) {
	const mutation = useEndpointMutation(changeWorkspace, {
		refreshes: [getWorkspace, listWorkspaces],
		success: () => "Settings saved.",
		onDone: (changed) => {
			const values = valuesOf(changed);
			form.setInitialValues(values);
			form.setValues(values);
		},
	});
	const form = useForm<SettingsValues>({
		initialValues: valuesOf(workspace),
		validate: {
			name: (name) => (name.trim() === "" ? "Enter a name." : null),
			idleDays: (days) => (days === "" ? null : numberError(days, 1, 3650)),
			maxKeys: (keys) => numberError(keys, 1, 100_000),
		},
	});
	const save = form.onSubmit((values) => {
		const body = changesBetween(form.getInitialValues(), values);
		mutation.mutate(
			{ params: { workspaceId: workspace.id }, body },
			{ onError: (error) => showFieldErrors(form, error) },
		);
	});
	return (
		<Section title="General">
			<form onSubmit={save} noValidate>
				<Stack gap="lg" maw={640}>
					<TextInput
						label="Name"
						description="Visible to your games."
						{...maxCodePoints(limits.nameLength)}
						required
						{...form.getInputProps("name")}
					/>
					<Radio.Group
						label="Place proof"
						description="How well a request must prove the place it comes from."
						{...form.getInputProps("placeProof")}
					>
						<Stack gap="sm" mt="xs">
							<Radio
								value=""
								label="Server default"
								description="Set by PLACELOCK_PLACE_PROOF on the server; header if it is not set."
							/>
							{placeProofs.map((proof) => (
								<Radio
									key={proof}
									value={proof}
									label={placeProofLabels[proof].label}
									description={placeProofLabels[proof].description}
								/>
							))}
						</Stack>
					</Radio.Group>
					<NumberInput
						label="Idle limit (days)"
						description="Keys unused for longer become idle: their requests are denied until you rotate the key or raise this limit. Leave empty for no limit."
						placeholder="No limit"
						allowDecimal={false}
						allowNegative={false}
						maw={320}
						{...form.getInputProps("idleDays")}
					/>
					<NumberInput
						label="Key limit"
						description="How many keys the workspace can hold, not counting revoked ones. Lowering it does not revoke existing keys."
						allowDecimal={false}
						allowNegative={false}
						thousandSeparator=","
						required
						maw={320}
						{...form.getInputProps("maxKeys")}
					/>
					<ProblemNote problem={mutation.error} shownFields={fields} />
					<Group gap="xs">
						<Button type="submit" loading={mutation.isPending} disabled={!form.isDirty()}>
							Save changes
						</Button>
						{form.isDirty() && (
							<Button variant="default" onClick={form.reset} disabled={mutation.isPending}>
								Discard
							</Button>
						)}
					</Group>
				</Stack>
			</form>
		</Section>
	);
}
