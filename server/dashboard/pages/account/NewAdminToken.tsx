import { Stack, Text } from "@mantine/core";
import { basePath } from "../../basePath.js";
import { ifTokenLost } from "../../labels/keys.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { SecretField } from "../../ui/SecretField.js";

interface NewAdminTokenProps {
	readonly token: string;
	readonly close: () => void;
}

/** A new admin token, shown once, with a command to try it. */
export function NewAdminToken({ token, close }: NewAdminTokenProps) {
	const command = `curl -H "Authorization: Bearer ${token}" ${window.location.origin}${basePath}/v1/workspaces`;
	return (
		<SecretField label="Token" value={token} ifLost={ifTokenLost} close={close}>
			<Stack gap="xs">
				<Text size="sm">
					This is the only time the token is shown. Keep it like a password: anyone who has it can act as you,
					within its scopes. Send it in a header, never in a URL.
				</Text>
				<CodeBlock title="Try it: list your workspaces" code={command} />
			</Stack>
		</SecretField>
	);
}
