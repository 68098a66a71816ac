import { Text } from "@mantine/core";
import { useWorkspace } from "../../session/useWorkspace.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { Page } from "../../ui/Page.js";
import { Time } from "../../ui/Time.js";
import { DeleteSection } from "./DeleteSection.js";
import { ReadOnlySettings } from "./ReadOnlySettings.js";
import { SettingsForm } from "./SettingsForm.js";
import { StatusSection } from "./StatusSection.js";

export function SettingsPage() {
	const workspace = useWorkspace();
	const { id, createdAt, role } = workspace;
	return (
		<Page title="Settings" description="Workspace name and key policy.">
			{role === "owner" ? (
				<>
					<SettingsForm workspace={workspace} />
					<StatusSection workspace={workspace} />
					<DeleteSection workspace={workspace} />
				</>
			) : (
				<ReadOnlySettings workspace={workspace} />
			)}
			<Text size="sm" c="dimmed" component="div">
				Created <Time at={createdAt} />. Workspace ID: <code>{id}</code>{" "}
				<CopyButton value={id} label="Copy workspace ID" small />
			</Text>
		</Page>
	);
}
