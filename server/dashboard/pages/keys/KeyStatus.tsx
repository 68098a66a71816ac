import { Badge, Tooltip } from "@mantine/core";
import { statusLabels } from "../../labels/keys.js";
import type { Key } from "./key.js";

/** The status, with its meaning in a tooltip. */
export function KeyStatus({ status }: Pick<Key, "status">) {
	const { label, description, colour } = statusLabels[status];
	return (
		<Tooltip label={description} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
			<Badge color={colour} tabIndex={0}>
				{label}
			</Badge>
		</Tooltip>
	);
}
