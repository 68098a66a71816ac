const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Days from 1970-01-01 in the Gregorian calendar (Howard Hinnant's days_from_civil). */
function daysSinceEpoch(year: number, month: number, day: number): number {
	const shiftedYear = month <= 2 ? year - 1 : year;
	const era = math.floor(shiftedYear / 400);
	const yearOfEra = shiftedYear - era * 400;
	const dayOfYear = math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + math.floor(yearOfEra / 4) - math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

function toUnixSeconds(
	year: number,
	monthName: string,
	day: number,
	hour: number,
	minute: number,
	second: number,
): number | undefined {
	const month = months.indexOf(monthName.lower()) + 1;
	if (month === 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
	return ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

/**
 * Parses an HTTP date in any of the three formats a recipient must accept
 * (RFC 9110, 5.6.7). Returns undefined for any other text.
 */
function parseHttpDate(text: string): number | undefined {
	const [day, month, year, hour, minute, second] = text.match(
		"^%a+, (%d%d?)[ %-](%a%a%a)[ %-](%d%d%d?%d?) (%d%d):(%d%d):(%d%d) GMT$",
	) as LuaTuple<[string?, string?, string?, string?, string?, string?]>;
	if (day !== undefined) {
		const yearNumber = tonumber(year) as number;
		// RFC 850 dates have a two-digit year; one that seems far in the future is in the past (RFC 9110, 5.6.7).
		const century = yearNumber >= 70 ? 1900 : 2000;
		const fullYear = (year as string).size() === 2 ? yearNumber + century : yearNumber;
		return toUnixSeconds(
			fullYear,
			month as string,
			tonumber(day) as number,
			tonumber(hour) as number,
			tonumber(minute) as number,
			tonumber(second) as number,
		);
	}
	const [ascMonth, ascDay, ascHour, ascMinute, ascSecond, ascYear] = text.match(
		"^%a%a%a (%a%a%a) +(%d%d?) (%d%d):(%d%d):(%d%d) (%d%d%d%d)$",
	) as LuaTuple<[string?, string?, string?, string?, string?, string?]>;
	if (ascMonth === undefined) return undefined;
	return toUnixSeconds(
		tonumber(ascYear) as number,
		ascMonth,
		tonumber(ascDay) as number,
		tonumber(ascHour) as number,
		tonumber(ascMinute) as number,
		tonumber(ascSecond) as number,
	);
}

/**
 * Seconds that a Retry-After header asks to wait, given as whole seconds or as an
 * HTTP date (RFC 9110, 10.2.3). Undefined when the header is missing or unreadable.
 *
 * A date counts from the response's own Date header if there is one, because the
 * clocks of the game server and the backend may differ.
 */
export function readRetryAfter(
	retryAfter: string | undefined,
	date: string | undefined,
	unixNow: number,
): number | undefined {
	if (retryAfter === undefined) return undefined;
	const [trimmed] = retryAfter.match("^%s*(.-)%s*$") as LuaTuple<[string]>;
	const [digits] = trimmed.match("^%d+$") as LuaTuple<[string?]>;
	if (digits !== undefined) return tonumber(digits);
	const moment = parseHttpDate(trimmed);
	if (moment === undefined) return undefined;
	const sentAt = date !== undefined ? parseHttpDate(date) : undefined;
	return math.max(0, moment - (sentAt ?? unixNow));
}
