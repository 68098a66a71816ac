import { auditable, type Difference, difference, isNone } from "../audit/difference.js";
import { type Author, auditOf, type Domain } from "../core/context.js";
import { nameProblems } from "../core/names.js";
import { invalid, Problem } from "../core/problem.js";
import { applyChanges } from "../model/applyChanges.js";
import type { PlaceRecord } from "../model/place.js";
import type { Changes } from "../store/store.js";

/** Puts a place on the allow-list, or replaces its name and status, unless they are that already. `not_found` when the workspace is missing. */
export async function allowPlace(
	domain: Domain,
	wish: Pick<PlaceRecord, "workspaceId" | "id" | "name"> & { readonly status?: PlaceRecord["status"] },
	author: Author,
): Promise<PlaceRecord | Problem> {
	const problems = nameProblems(wish.name);
	if (problems.length > 0) return invalid(...problems);
	const now = domain.clock.now();
	const place: PlaceRecord = { ...wish, status: wish.status ?? "active", createdAt: now, updatedAt: now };
	const before = await domain.store.places.find(place.workspaceId, place.id);
	const change =
		before === undefined
			? { before: {}, after: auditable(place) }
			: difference(before, { ...place, createdAt: before.createdAt });
	if (before !== undefined && isNone(change)) return before;
	const audit = placeAudit(
		author,
		now,
		"places.put",
		place,
		before === undefined ? { after: change.after } : change,
	);
	const allowed = await domain.store.places.allow(place, audit);
	domain.forget({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return allowed ?? new Problem("not_found");
}

/** Changes a place's name or status; `null` clears the name. What changes nothing writes nothing. */
export async function changePlace(
	domain: Domain,
	place: PlaceRecord,
	changes: Changes<Pick<PlaceRecord, "name" | "status">>,
	author: Author,
): Promise<PlaceRecord | Problem> {
	const problems = nameProblems(changes.name);
	if (problems.length > 0) return invalid(...problems);
	const change = difference(place, applyChanges(place, changes));
	if (isNone(change)) return place;
	const now = domain.clock.now();
	const audit = placeAudit(author, now, "places.change", place, change);
	const changed = await domain.store.places.change(
		place.workspaceId,
		place.id,
		{ ...changes, updatedAt: now },
		audit,
	);
	domain.forget({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return changed ?? noPlace(place.workspaceId, place.id);
}

/** Takes a place off the allow-list: its game servers are refused within a second. */
export async function deletePlace(
	domain: Domain,
	place: PlaceRecord,
	author: Author,
): Promise<undefined | Problem> {
	const audit = placeAudit(author, domain.clock.now(), "places.delete", place, { before: auditable(place) });
	const outcome = await domain.store.places.delete(place.workspaceId, place.id, audit);
	domain.forget({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return outcome === "missing" ? noPlace(place.workspaceId, place.id) : undefined;
}

export function noPlace(workspaceId: string, placeId: string): Problem {
	return new Problem("not_found", { detail: `Workspace ${workspaceId} has no place ${placeId}.` });
}

function placeAudit(
	author: Author,
	at: number,
	action: string,
	place: PlaceRecord,
	change: Partial<Difference>,
) {
	const { workspaceId, id } = place;
	return auditOf(author, at, { action, workspaceId, targetType: "place", targetId: id, ...change });
}
