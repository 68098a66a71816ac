/** How long a new key can be valid. */
export const expiries = [
	{ value: "never", label: "Never" },
	{ value: "7", label: "In 7 days" },
	{ value: "30", label: "In 30 days" },
	{ value: "90", label: "In 90 days" },
	{ value: "365", label: "In 1 year" },
] as const;

export type Expiry = (typeof expiries)[number]["value"];

const dayMs = 86_400_000;

/** When a key created now expires; undefined for never. */
export function expiryAfter(expiry: Expiry, now: Date): string | undefined {
	return expiry === "never" ? undefined : new Date(now.getTime() + Number(expiry) * dayMs).toISOString();
}
