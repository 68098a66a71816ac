import { isDeepStrictEqual } from "node:util";

/** What must never reach the audit, and what says nothing there. */
const leftOut = new Set(["digest", "previousDigest", "passwordHash", "lastSignInAt", "updatedAt"]);

/** The fields that differ between two states of a record, as they were and as they are. */
export interface Difference {
	readonly before: Record<string, unknown>;
	readonly after: Record<string, unknown>;
}

/** Whether nothing differs that the audit tells of. */
export function isNone({ before, after }: Difference): boolean {
	return Object.keys(before).length === 0 && Object.keys(after).length === 0;
}

/** The fields that differ between two states of a record. No secrets. */
export function difference(before: object, after: object): Difference {
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
