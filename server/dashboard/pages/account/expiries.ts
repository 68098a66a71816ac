/** How long a new admin key can be good, in days; 0: until it is revoked. */
export const expiries = [
	{ value: "7", label: "7 days" },
	{ value: "30", label: "30 days" },
	{ value: "90", label: "90 days" },
	{ value: "365", label: "1 year" },
	{ value: "0", label: "Never" },
] as const;

const dayMs = 86_400_000;

/** When a key ends that is made now; undefined: never. */
export function expiryAfter(days: string, now: Date): string | undefined {
	const count = Number(days);
	return count === 0 ? undefined : new Date(now.getTime() + count * dayMs).toISOString();
}

/** How long the token before a rotation can go on working, in seconds. */
export const overlaps = [
	{ value: "0", label: "It stops working at once" },
	{ value: "3600", label: "1 hour" },
	{ value: "86400", label: "1 day" },
	{ value: "604800", label: "7 days" },
	{ value: "2592000", label: "30 days" },
] as const;
