import { Tooltip } from "@mantine/core";
import { exactTime, relativeTime } from "./relativeTime.js";
import { useNow } from "./useNow.js";

interface TimeProps {
	readonly at: string;
	/** Written out, where it is to be told to somebody or kept. */
	readonly exact?: boolean;
}

/** A moment as people say it ("3 minutes ago", "in 2 days"), and exactly when one points at it. */
export function Time({ at, exact = false }: TimeProps) {
	const now = useNow();
	const moment = new Date(at);
	if (exact) return <time dateTime={at}>{exactTime(moment)}</time>;
	return (
		<Tooltip label={exactTime(moment)} events={{ hover: true, focus: true, touch: true }}>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is for who has no mouse too */}
			<time dateTime={at} tabIndex={0}>
				{relativeTime(moment, now)}
			</time>
		</Tooltip>
	);
}
