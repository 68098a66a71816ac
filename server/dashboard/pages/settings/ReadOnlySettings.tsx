import { Text } from "@mantine/core";
import { placeProofLabels } from "../../labels/placeProofs.js";
import type { Workspace } from "../../shell/WorkspaceFrame.js";
import { Section } from "../../ui/Section.js";
import classes from "./ReadOnlySettings.module.css";
import { valuesOf } from "./settingsValues.js";

/** The settings, for who may not change them. */
export function ReadOnlySettings({ workspace }: { readonly workspace: Workspace }) {
	const { name, placeProof, idleDays, maxKeys } = valuesOf(workspace);
	return (
		<Section title="General" description="Only owners of the workspace change these.">
			<dl className={classes.list}>
				<dt>Name</dt>
				<dd>{name}</dd>
				<dt>Place proof</dt>
				<dd>
					{placeProof === "" ? "As the server is set" : placeProofLabels[placeProof].label}
					{placeProof !== "" && (
						<Text size="sm" c="dimmed" mt={2}>
							{placeProofLabels[placeProof].description}
						</Text>
					)}
				</dd>
				<dt>Idle days</dt>
				<dd>
					{idleDays === ""
						? "Keys are never idle"
						: `Keys unused for ${idleDays} days stop working, until they are rotated`}
				</dd>
				<dt>Most keys</dt>
				<dd>{maxKeys.toLocaleString("en")}</dd>
			</dl>
		</Section>
	);
}
