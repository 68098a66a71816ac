const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** How far from now a moment can seem that is now. */
const beatSeconds = 20;

/** Each with the seconds it has, and up to how many seconds it is the unit people use. */
const units = [
	{ unit: "minute", seconds: minute, below: hour },
	{ unit: "hour", seconds: hour, below: day },
	{ unit: "day", seconds: day, below: 60 * day },
	{ unit: "month", seconds: 30 * day, below: 365 * day },
	{ unit: "year", seconds: 365 * day, below: Number.POSITIVE_INFINITY },
] as const;

const words = new Intl.RelativeTimeFormat("en");

/**
 * "just now", "3 minutes ago", "in 2 days". The past is rounded down, so that
 * it never says more than has passed; what is to come to the nearest, so that
 * seven days that have just begun are seven.
 */
export function relativeTime(moment: Date, now: Date): string {
	const seconds = (moment.getTime() - now.getTime()) / 1000;
	const away = Math.abs(seconds);
	// The server's clock, and the page's beat, may be a little behind: nothing of the past is "in" a while.
	if (away < minute) return seconds > beatSeconds ? "in less than a minute" : "just now";
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
