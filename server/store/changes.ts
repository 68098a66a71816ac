import type { Changes } from "./store.js";

/** The record with some fields changed: `null` removes a field, `undefined` leaves it. */
export function applyChanges<T extends object>(record: T, changes: Changes<T>): T {
	const changed = { ...record } as Record<string, unknown>;
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) delete changed[name];
		else if (value !== undefined) changed[name] = value;
	}
	return changed as T;
}
