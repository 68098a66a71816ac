/** The largest id Roblox can hold, 2^63 - 1: more than a number here can. */
const largestId = "9223372036854775807";
const largestSafe = 9_007_199_254_740_991;

/**
 * A Roblox id as digits, or undefined when the value is none. Numbers are
 * formatted by hand: tostring would write a large one as 1e+15.
 */
export function toRobloxId(value: unknown): string | undefined {
	if (typeIs(value, "number")) {
		const whole = value === math.floor(value) && value >= 1 && value <= largestSafe;
		return whole ? "%d".format(value) : undefined;
	}
	if (!typeIs(value, "string") || value.match("^[1-9]%d*$")[0] === undefined) return undefined;
	const digits = value.size();
	const tooLarge = digits > largestId.size() || (digits === largestId.size() && value > largestId);
	return tooLarge ? undefined : value;
}
