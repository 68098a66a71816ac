/** New values of some fields; `null` removes an optional field, `undefined` and absent leave it. */
export type Changes<T> = {
	readonly [K in keyof T]?: undefined extends T[K] ? T[K] | null : T[K];
};

/** Returns the record after the changes. Which fields a change may name, the store's methods declare. */
export function applyChanges<T extends object>(record: T, changes: Changes<NoInfer<T>>): T {
	const after = { ...record } as { [field: string]: unknown };
	for (const [field, value] of Object.entries(changes)) {
		if (value === null) delete after[field];
		else if (value !== undefined) after[field] = value;
	}
	return after as T;
}
