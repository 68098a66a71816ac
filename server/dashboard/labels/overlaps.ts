import { limits } from "@shared/limits.js";

/** How long the old token can stay valid after a rotation, in seconds. */
export const overlaps: readonly {
	readonly value: string;
	readonly label: string;
	readonly description?: string;
}[] = [
	{
		value: "0",
		label: "Revoke immediately",
		description: "Takes effect within a second. Use this if the token leaked.",
	},
	{ value: "3600", label: "Keep valid for 1 hour" },
	{ value: String(limits.defaultOverlapSeconds), label: "Keep valid for 24 hours" },
	{ value: "604800", label: "Keep valid for 7 days" },
	{ value: String(limits.overlapSeconds), label: "Keep valid for 30 days" },
];
