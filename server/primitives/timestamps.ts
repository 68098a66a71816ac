/** A time as ISO 8601 in UTC, from milliseconds since the Unix epoch. */
export function isoTime(at: number): string {
	return new Date(at).toISOString();
}

export function optionalIsoTime(at: number | undefined): string | undefined {
	return at === undefined ? undefined : isoTime(at);
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/i;

/**
 * The moment of a time in RFC 3339, with `Z` or an offset, to the millisecond;
 * undefined for anything else, and where its year in UTC has no four digits.
 */
export function parseTimestamp(text: string): number | undefined {
	const match = rfc3339.exec(text);
	if (match === null) return undefined;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Sextet;
	const [fraction = "", sign = "+", offsetHour = 0, offsetMinute = 0] = match.slice(7);
	const isDay = day >= 1 && day <= daysIn(month, year);
	const isTime = hour < 24 && minute < 60 && second < 60;
	if (!isDay || !isTime || Number(offsetHour) >= 24 || Number(offsetMinute) >= 60) return undefined;
	const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
	// Not Date.UTC, which maps years 0 to 99 to 19xx.
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	date.setUTCHours(hour, minute - offset, second, Number(fraction.slice(0, 3).padEnd(3, "0")));
	const yearInUtc = date.getUTCFullYear();
	return yearInUtc >= 0 && yearInUtc <= 9999 ? date.getTime() : undefined;
}

type Sextet = [number, number, number, number, number, number];

/** 0 for an invalid month. */
function daysIn(month: number, year: number): number {
	const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return [0, 31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0;
}
