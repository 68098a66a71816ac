import { auditable, difference } from "../audit/difference.js";
import { type Author, auditOf, type Domain } from "../domain.js";
import { Problem } from "../problem.js";
import { applyChanges } from "../store/applyChanges.js";
import type { Changes } from "../store/store.js";
import type { PlaceRecord } from "./place.js";

/** Puts a place on the allow-list, or replaces its name and status. `not_found` when the workspace is missing. */
export async function allowPlace(
	domain: Domain,
	wish: Pick<PlaceRecord, "workspaceId" | "id" | "name"> & { readonly status?: PlaceRecord["status"] },
	author: Author,
): Promise<PlaceRecord | Problem> {
	const now = domain.clock.now();
	const place: PlaceRecord = { ...wish, status: wish.status ?? "active", createdAt: now, updatedAt: now };
	const before = await domain.store.places.find(place.workspaceId, place.id);
	const written = before === undefined ? place : { ...place, createdAt: before.createdAt };
	const audit = placeAudit(
		author,
		now,
		"places.put",
		place,
		before === undefined ? { after: auditable(place) } : difference(before, written),
	);
	const allowed = await domain.store.places.allow(place, audit);
	domain.forget({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return allowed ?? new Problem("not_found");
}

/** Changes a place's name or status; `null` clears the name. */
export async function changePlace(
	domain: Domain,
	place: PlaceRecord,
	changes: Changes<Pick<PlaceRecord, "name" | "status">>,
	author: Author,
): Promise<PlaceRecord | Problem> {
	const now = domain.clock.now();
	const audit = placeAudit(
		author,
		now,
		"places.change",
		place,
		difference(place, applyChanges(place, changes)),
	);
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
	change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
) {
	const { workspaceId, id } = place;
	return auditOf(author, at, { action, workspaceId, targetType: "place", targetId: id, ...change });
}
