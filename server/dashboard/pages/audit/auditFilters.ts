/** What the audit is narrowed to, as the address has it; days are the reader's own, both included. */
export interface AuditFilters {
	/** An account's id, or `command-line`. */
	readonly actor?: string;
	readonly action?: string;
	/** The id of the key, place, … that was changed. */
	readonly target?: string;
	/** The admin key it was done with. */
	readonly key?: string;
	/** `2026-11-21`. */
	readonly from?: string;
	readonly to?: string;
}

const names = ["actor", "action", "target", "key", "from", "to"] as const;

export function parseFilters(search: URLSearchParams): AuditFilters {
	const given = names.map((name) => [name, search.get(name)] as const).filter(([, value]) => value);
	return Object.fromEntries(given);
}

export function searchOf(filters: AuditFilters): Record<string, string> {
	return Object.fromEntries(
		names.flatMap((name) => {
			const value = filters[name];
			return value === undefined || value === "" ? [] : [[name, value]];
		}),
	);
}

/** What the API is asked for. A day that is none is left out. */
export function queryOf({ actor, action, target, key, from, to }: AuditFilters) {
	const start = from === undefined ? undefined : dayStart(from, 0);
	const end = to === undefined ? undefined : dayStart(to, 1);
	return { actor, action, targetId: target, keyId: key, from: start, to: end };
}

/** Why the days cannot be asked for; undefined when they can. */
export function dateRangeError({ from, to }: AuditFilters): string | undefined {
	return from !== undefined && to !== undefined && from > to ? "This is before the first day." : undefined;
}

/** When a day begins where the reader is; `later`: so many days after it. */
function dayStart(day: string, later: number): string | undefined {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	if (match === null) return undefined;
	// By its parts and not in milliseconds: a day can have 23 hours, and 25.
	const start = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + later);
	return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
