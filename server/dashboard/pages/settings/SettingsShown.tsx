import { Text } from "@mantine/core";
import type { Workspace } from "../../shell/WorkspaceFrame.js";
import { Section } from "../../ui/Section.js";
import { placeProofWords } from "../../words/placeProofs.js";
import classes from "./SettingsShown.module.css";
import { valuesOf } from "./settingsValues.js";

/** The settings, for who may not change them. */
export function SettingsShown({ workspace }: { readonly workspace: Workspace }) {
	const { name, placeProof, idleDays, maxKeys } = valuesOf(workspace);
	return (
		<Section title="General" about="Only owners of the workspace change these.">
			<dl className={classes.facts}>
				<dt>Name</dt>
				<dd>{name}</dd>
				<dt>Place proof</dt>
				<dd>
					{placeProof === "" ? "As the server is set" : placeProofWords[placeProof].label}
					{placeProof !== "" && (
						<Text size="sm" c="dimmed" mt={2}>
							{placeProofWords[placeProof].about}
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
