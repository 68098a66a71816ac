import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { CopyButton } from "./CopyButton.js";
import { useUncopiedSecretGuard } from "./useUncopiedSecretGuard.js";

interface SecretFieldProps {
	/** What it is: "Link". */
	readonly label: string;
	readonly value: string;
	/** What there is to do for who has lost it: "Without it…" */
	readonly without: string;
	/** What to do with it, and until when. */
	readonly children: ReactNode;
	readonly close: () => void;
}

/** A link or a token that cannot be shown again, to be copied from a field that is read as a whole. */
export function SecretField({ label, value, without, children, close }: SecretFieldProps) {
	const name = label.toLowerCase();
	const description = useId();
	const { field, confirmLeave } = useUncopiedSecretGuard(value, name, without);
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
				aria-describedby={description}
				styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
				onFocus={(event) => event.currentTarget.select()}
			/>
			<Text id={description} component="div" size="sm">
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
