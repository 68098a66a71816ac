import { Stack, Text } from "@mantine/core";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { ShownOnce } from "../../ui/ShownOnce.js";
import { where } from "../../where.js";
import { withoutToken } from "../../words/keys.js";

interface AdminTokenProps {
	readonly token: string;
	readonly close: () => void;
}

/** A new admin token, this once, and a call that tries it. */
export function AdminToken({ token, close }: AdminTokenProps) {
	const command = `curl -H "Authorization: Bearer ${token}" ${window.location.origin}${where}/v1/workspaces`;
	return (
		<ShownOnce label="Token" value={token} without={withoutToken} close={close}>
			<Stack gap="xs">
				<Text size="sm">
					This is the only time it is shown. Keep it like a password: whoever has it acts as you, within its
					scopes. Programs send it in a header, never in an address.
				</Text>
				<CodeBlock title="Try it: list the workspaces" code={command} />
			</Stack>
		</ShownOnce>
	);
}
