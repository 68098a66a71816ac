import { limits } from "@shared/limits.js";

/** How long the token before a rotation can stay good, in seconds. */
export const overlaps: readonly {
	readonly value: string;
	readonly label: string;
	readonly description?: string;
}[] = [
	{ value: "0", label: "Not at all", description: "It is refused within a second. For a token that leaked." },
	{ value: "3600", label: "1 hour" },
	{ value: String(limits.defaultOverlapSeconds), label: "24 hours" },
	{ value: "604800", label: "7 days" },
	{ value: String(limits.overlapSeconds), label: "30 days" },
];
