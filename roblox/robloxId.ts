/** The largest ID Roblox can hold, 2^63 - 1, which is more than a number can hold exactly. */
const maxRobloxId = "9223372036854775807";
const maxSafeInteger = 9_007_199_254_740_991;

/**
 * A Roblox ID as digits, or undefined for anything that is not one. Formats numbers
 * by hand, because tostring would write a large one as 1e+15.
 */
export function toRobloxId(value: unknown): string | undefined {
	if (typeIs(value, "number")) {
		const isId = value === math.floor(value) && value >= 1 && value <= maxSafeInteger;
		return isId ? "%d".format(value) : undefined;
	}
	if (!typeIs(value, "string") || value.match("^[1-9]%d*$")[0] === undefined) return undefined;
	const digits = value.size();
	const tooLarge = digits > maxRobloxId.size() || (digits === maxRobloxId.size() && value > maxRobloxId);
	return tooLarge ? undefined : value;
}
