import { auditActions } from "@shared/auditActions.js";

/** The filters of the audit log, as the URL has them. Dates are local, both inclusive. */
export interface AuditFilters {
	/** An account's ID, or `command-line`. */
	readonly actor?: string;
	readonly action?: string;
	/** The ID of the key, place, … that was changed. */
	readonly target?: string;
	/** The ID of the admin key that made the change. */
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

/** The query for the API. Invalid dates and unknown actions are left out. */
export function queryOf({ actor, action, target, key, from, to }: AuditFilters) {
	const start = from === undefined ? undefined : dayStart(from, 0);
	const end = to === undefined ? undefined : dayStart(to, 1);
	const known = auditActions.find((each) => each === action);
	return { actor, action: known, targetId: target, keyId: key, from: start, to: end };
}

/** Why the date range is invalid; undefined if it is valid. */
export function dateRangeError({ from, to }: AuditFilters): string | undefined {
	return from !== undefined && to !== undefined && from > to
		? "Must not be before the start date."
		: undefined;
}

/** When a local day begins; `offset` days later. */
function dayStart(day: string, offset: number): string | undefined {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	if (match === null) return undefined;
	// By its parts, not in milliseconds: a day can have 23 or 25 hours.
	const start = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + offset);
	return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
