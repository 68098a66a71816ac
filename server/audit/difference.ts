import { isDeepStrictEqual } from "node:util";

/** Fields that must never reach the audit log, and fields that are of no interest there. */
const omitted = new Set(["digest", "previousDigest", "passwordHash", "lastSignInAt", "updatedAt"]);

/** The fields that differ between two versions of a record, before and after. */
export interface Difference {
	readonly before: Record<string, unknown>;
	readonly after: Record<string, unknown>;
}

/** Whether nothing differs that the audit log records. */
export function isEmpty({ before, after }: Difference): boolean {
	return Object.keys(before).length === 0 && Object.keys(after).length === 0;
}

/** The fields that differ between two versions of a record, without secrets. */
export function difference(before: object, after: object): Difference {
	const changed: Difference = { before: {}, after: {} };
	const names = new Set([...Object.keys(before), ...Object.keys(after)]);
	for (const name of names) {
		if (omitted.has(name)) continue;
		const oldValue: unknown = Reflect.get(before, name);
		const newValue: unknown = Reflect.get(after, name);
		if (isDeepStrictEqual(oldValue, newValue)) continue;
		if (oldValue !== undefined) changed.before[name] = oldValue;
		if (newValue !== undefined) changed.after[name] = newValue;
	}
	return changed;
}

/** A record as the audit log stores it: without secrets. */
export function auditable(record: object): Record<string, unknown> {
	return difference({}, record).after;
}
