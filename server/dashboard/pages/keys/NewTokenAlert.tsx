import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useId } from "react";
import { ifTokenLost } from "../../labels/keys.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { useUncopiedSecretGuard } from "../../ui/useUncopiedSecretGuard.js";

interface NewTokenAlertProps {
	readonly token: string;
	readonly title: string;
	/** Called when the user is done with it; absent if it stays as long as the page. */
	readonly done?: () => void;
}

/** A new token, shown once. Leaving is asked about until it has been copied. */
export function NewTokenAlert({ token, title, done }: NewTokenAlertProps) {
	const description = useId();
	const { field, confirmLeave } = useUncopiedSecretGuard(token, "token", ifTokenLost);
	const leave = async () => {
		if (await confirmLeave()) done?.();
	};
	return (
		<Alert color="green" icon={<IconKey aria-hidden />} title={title}>
			<Stack gap="sm">
				<Text size="sm" id={description}>
					<strong>It cannot be shown again:</strong> Placelock stores only a hash. Anyone who has the token
					can use the key, so keep it like a password.
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
					<CopyButton value={token} label="Copy token" text="Copy" />
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
