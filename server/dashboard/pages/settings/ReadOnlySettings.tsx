import { Text } from "@mantine/core";
import { placeProofLabels } from "../../labels/placeProofs.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { Section } from "../../ui/Section.js";
import classes from "./ReadOnlySettings.module.css";
import { valuesOf } from "./settingsValues.js";

/** The settings, for members who cannot change them. */
export function ReadOnlySettings({ workspace }: { readonly workspace: Workspace }) {
	const { name, placeProof, idleDays, maxKeys } = valuesOf(workspace);
	return (
		<Section title="General" description="Only owners can change these settings.">
			<dl className={classes.list}>
				<dt>Name</dt>
				<dd>{name}</dd>
				<dt>Place proof</dt>
				<dd>
					{placeProof === "" ? "Server default" : placeProofLabels[placeProof].label}
					{placeProof !== "" && (
						<Text size="sm" c="dimmed" mt={2}>
							{placeProofLabels[placeProof].description}
						</Text>
					)}
				</dd>
				<dt>Idle limit</dt>
				<dd>
					{idleDays === ""
						? "None"
						: `Keys unused for more than ${idleDays} days stop working until they are rotated`}
				</dd>
				<dt>Key limit</dt>
				<dd>{maxKeys.toLocaleString("en")}</dd>
			</dl>
		</Section>
	);
}
