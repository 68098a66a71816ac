import { Stack, Text } from "@mantine/core";
import { basePath } from "../../basePath.js";
import { ifTokenLost } from "../../labels/keys.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { SecretField } from "../../ui/SecretField.js";

interface NewAdminTokenProps {
	readonly token: string;
	readonly close: () => void;
}

/** A new admin token, this once, and a call that tries it. */
export function NewAdminToken({ token, close }: NewAdminTokenProps) {
	const command = `curl -H "Authorization: Bearer ${token}" ${window.location.origin}${basePath}/v1/workspaces`;
	return (
		<SecretField label="Token" value={token} without={ifTokenLost} close={close}>
			<Stack gap="xs">
				<Text size="sm">
					This is the only time it is shown. Keep it like a password: whoever has it acts as you, within its
					scopes. Programs send it in a header, never in an address.
				</Text>
				<CodeBlock title="Try it: list the workspaces" code={command} />
			</Stack>
		</SecretField>
	);
}
