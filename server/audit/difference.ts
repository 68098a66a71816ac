import { isDeepStrictEqual } from "node:util";

/** What must never reach the audit, and what says nothing there. */
const leftOut = new Set(["digest", "previousDigest", "updatedAt"]);

/** The fields that differ between two states of a record, as they were and as they are. No secrets. */
export function difference(
	before: object,
	after: object,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
	const was: Record<string, unknown> = {};
	const is: Record<string, unknown> = {};
	const names = new Set([...Object.keys(before), ...Object.keys(after)]);
	for (const name of names) {
		if (leftOut.has(name)) continue;
		const old: unknown = Reflect.get(before, name);
		const now: unknown = Reflect.get(after, name);
		if (isDeepStrictEqual(old, now)) continue;
		if (old !== undefined) was[name] = old;
		if (now !== undefined) is[name] = now;
	}
	return { before: was, after: is };
}

/** A record as the audit keeps it: without digests. */
export function auditable(record: object): Record<string, unknown> {
	return difference({}, record).after;
}
