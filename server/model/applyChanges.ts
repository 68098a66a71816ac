/**
 * The record after the changes: `null` removes a field, `undefined` leaves it.
 * The port's methods say which fields a change may name, and with what.
 */
export function applyChanges<T extends object>(record: T, changes: { readonly [K in keyof T]?: unknown }): T {
	const after = { ...record } as { [field: string]: unknown };
	for (const [field, value] of Object.entries(changes)) {
		if (value === null) delete after[field];
		else if (value !== undefined) after[field] = value;
	}
	return after as T;
}
