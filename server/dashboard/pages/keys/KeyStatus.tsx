import { Badge, Tooltip } from "@mantine/core";
import { statusWords } from "../../words/keys.js";
import type { Key } from "./key.js";

/** The status in a word, and what it means when one points at it. */
export function KeyStatus({ status }: Pick<Key, "status">) {
	const { label, about, colour } = statusWords[status];
	return (
		<Tooltip label={about} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
			<Badge color={colour} tabIndex={0}>
				{label}
			</Badge>
		</Tooltip>
	);
}
