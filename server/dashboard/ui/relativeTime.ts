const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Differences below this count as now. */
const toleranceSeconds = 20;

/** Units with their length in seconds, and up to which difference they are used. */
const units = [
	{ unit: "minute", seconds: minute, below: hour },
	{ unit: "hour", seconds: hour, below: day },
	{ unit: "day", seconds: day, below: 60 * day },
	{ unit: "month", seconds: 30 * day, below: 365 * day },
	{ unit: "year", seconds: 365 * day, below: Number.POSITIVE_INFINITY },
] as const;

const words = new Intl.RelativeTimeFormat("en");

/**
 * "just now", "3 minutes ago", "in 2 days". The past is rounded down, so that it never
 * overstates; the future to the nearest, so that a fresh seven days reads as seven.
 */
export function relativeTime(moment: Date, now: Date): string {
	const seconds = (moment.getTime() - now.getTime()) / 1000;
	const away = Math.abs(seconds);
	// The server's clock and the page's tick can lag a little: the past must never read as "in" something.
	if (away < minute) return seconds > toleranceSeconds ? "in less than a minute" : "just now";
	const round = seconds < 0 ? Math.ceil : Math.round;
	const countOf = (each: number) => round(seconds / each);
	const { unit, seconds: each } =
		units.find(({ seconds: each, below }) => Math.abs(countOf(each)) * each < below) ?? units[4];
	return words.format(countOf(each), unit);
}

const exact = new Intl.DateTimeFormat("en-GB", {
	weekday: "short",
	year: "numeric",
	month: "short",
	day: "numeric",
	hour: "2-digit",
	minute: "2-digit",
	second: "2-digit",
	timeZoneName: "short",
});

/** With the reader's time zone: "Sat, 21 Nov 2026, 14:03:09 CET". */
export function exactTime(moment: Date): string {
	return exact.format(moment);
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dated = new Intl.DateTimeFormat("en-GB", {
	day: "numeric",
	month: "short",
	hour: "2-digit",
	minute: "2-digit",
});

/** Today "12:30", otherwise "21 Nov, 12:30"; in the reader's time zone. */
export function clockTime(moment: Date, now: Date): string {
	const isToday = moment.toDateString() === now.toDateString();
	return (isToday ? clock : dated).format(moment);
}
