import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { CopyButton } from "./CopyButton.js";
import { useUncopiedSecretGuard } from "./useUncopiedSecretGuard.js";

interface SecretFieldProps {
	/** What it is: "Link". */
	readonly label: string;
	readonly value: string;
	/** What to do if it is lost: "If you lose it…" */
	readonly ifLost: string;
	/** What to do with it, and how long it is valid. */
	readonly children: ReactNode;
	readonly close: () => void;
}

/** A link or token that cannot be shown again, to copy. */
export function SecretField({ label, value, ifLost, children, close }: SecretFieldProps) {
	const name = label.toLowerCase();
	const descriptionId = useId();
	const { field, confirmLeave } = useUncopiedSecretGuard(value, name, ifLost);
	const done = async () => {
		if (await confirmLeave()) close();
	};
	return (
		<Stack>
			<TextInput
				ref={field}
				label={label}
				value={value}
				readOnly
				autoComplete="off"
				spellCheck={false}
				aria-describedby={descriptionId}
				styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
				onFocus={(event) => event.currentTarget.select()}
			/>
			<Text id={descriptionId} component="div" size="sm">
				{children}
			</Text>
			<Group justify="flex-end" gap="xs">
				<Button variant="default" onClick={done}>
					Done
				</Button>
				<CopyButton value={value} label={`Copy ${name}`} text={`Copy ${name}`} />
			</Group>
		</Stack>
	);
}
