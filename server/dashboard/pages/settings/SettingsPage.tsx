import { Text } from "@mantine/core";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
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
		<Page title="Settings" description="What the workspace is called, and the rules for all its keys.">
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
				Created <Time at={createdAt} />. Its id, for the API, is <code>{id}</code>{" "}
				<CopyButton value={id} label="Copy the workspace's id" small />
			</Text>
		</Page>
	);
}
