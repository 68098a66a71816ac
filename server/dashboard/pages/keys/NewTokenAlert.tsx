import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useId } from "react";
import { ifTokenLost } from "../../labels/keys.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { useUncopiedSecretGuard } from "../../ui/useUncopiedSecretGuard.js";

interface NewTokenAlertProps {
	readonly token: string;
	readonly title: string;
	/** What to do with it when it is no longer needed; absent: it stays as long as the page. */
	readonly done?: () => void;
	readonly onCopied?: () => void;
}

/** A new token, this once. Until it was copied, leaving is asked about. */
export function NewTokenAlert({ token, title, done, onCopied }: NewTokenAlertProps) {
	const description = useId();
	const { field, confirmLeave } = useUncopiedSecretGuard(token, "token", ifTokenLost, onCopied);
	const leave = async () => {
		if (await confirmLeave()) done?.();
	};
	return (
		<Alert color="green" icon={<IconKey aria-hidden />} title={title}>
			<Stack gap="sm">
				<Text size="sm" id={description}>
					<strong>Copy the token now: it cannot be shown again.</strong> Placelock keeps no more than a digest
					of it. Whoever has it can use the key, so keep it like a password.
				</Text>
				<Group gap="xs" align="flex-end">
					<TextInput
						ref={field}
						aria-label="Token"
						value={token}
						readOnly
						flex="1 1 240px"
						ff="monospace"
						styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
						spellCheck={false}
						onFocus={(event) => event.currentTarget.select()}
						aria-describedby={description}
					/>
					<CopyButton value={token} label="Copy the token" text="Copy" />
					{done !== undefined && (
						<Button variant="default" onClick={leave}>
							Done
						</Button>
					)}
				</Group>
			</Stack>
		</Alert>
	);
}
