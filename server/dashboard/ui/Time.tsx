import { Tooltip } from "@mantine/core";
import { clockTime, exactTime, relativeTime } from "./relativeTime.js";
import { useNow } from "./useNow.js";

interface TimeProps {
	readonly at: string;
	/** `relative`: "3 minutes ago". `clock`: "12:30". `exact`: in full, to be noted or passed on. */
	readonly format?: "relative" | "exact" | "clock";
}

/** A time, with the exact one in a tooltip. */
export function Time({ at, format = "relative" }: TimeProps) {
	const now = useNow();
	const moment = new Date(at);
	if (format === "exact") return <time dateTime={at}>{exactTime(moment)}</time>;
	return (
		<Tooltip label={exactTime(moment)} events={{ hover: true, focus: true, touch: true }}>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable by keyboard */}
			<time dateTime={at} tabIndex={0}>
				{format === "clock" ? clockTime(moment, now) : relativeTime(moment, now)}
			</time>
		</Tooltip>
	);
}
