import { Button, Group, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton.js";

interface ShownOnceProps {
	/** What it is: "Link". */
	readonly label: string;
	readonly value: string;
	/** What to do with it, and until when. */
	readonly children: ReactNode;
	readonly close: () => void;
}

/** A link or a token that cannot be shown again, to be copied from a field that is read as a whole. */
export function ShownOnce({ label, value, children, close }: ShownOnceProps) {
	return (
		<Stack>
			<TextInput
				label={label}
				value={value}
				readOnly
				autoComplete="off"
				spellCheck={false}
				styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
				onFocus={(event) => event.currentTarget.select()}
			/>
			{children}
			<Group justify="flex-end" gap="xs">
				<Button variant="default" onClick={close}>
					Done
				</Button>
				<CopyButton
					value={value}
					label={`Copy ${label.toLowerCase()}`}
					text={`Copy ${label.toLowerCase()}`}
				/>
			</Group>
		</Stack>
	);
}
