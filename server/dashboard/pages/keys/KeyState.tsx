import { Badge, Tooltip } from "@mantine/core";
import { stateWords } from "../../words/keys.js";
import type { Key } from "./key.js";

/** The state in a word, and what it means when one points at it. */
export function KeyState({ state }: Pick<Key, "state">) {
	const { label, about, colour } = stateWords[state];
	return (
		<Tooltip label={about} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
			<Badge color={colour} tabIndex={0}>
				{label}
			</Badge>
		</Tooltip>
	);
}
