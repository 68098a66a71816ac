import type { AuditAction } from "../../shared/auditActions.js";
import { auditable, type Difference, difference, isEmpty } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { nameProblems } from "../core/names.js";
import { invalid, Problem } from "../core/problem.js";
import type { Changes } from "../model/applyChanges.js";
import { applyChanges } from "../model/applyChanges.js";
import type { PlaceRecord } from "../model/place.js";

/** Adds a place to the allow-list or replaces its name and status. Writes nothing if nothing changes. `not_found` if the workspace does not exist. */
export async function allowPlace(
	services: Services,
	input: Pick<PlaceRecord, "workspaceId" | "id" | "name"> & { readonly status?: PlaceRecord["status"] },
	auditContext: AuditContext,
): Promise<PlaceRecord | Problem> {
	const problems = nameProblems(input.name);
	if (problems.length > 0) return invalid(...problems);
	const now = services.clock.now();
	const place: PlaceRecord = { ...input, status: input.status ?? "active", createdAt: now, updatedAt: now };
	const before = await services.store.places.find(place.workspaceId, place.id);
	const change =
		before === undefined
			? { before: {}, after: auditable(place) }
			: difference(before, { ...place, createdAt: before.createdAt });
	if (before !== undefined && isEmpty(change)) return before;
	const audit = placeAudit(
		auditContext,
		now,
		"places.put",
		place,
		before === undefined ? { after: change.after } : change,
	);
	const allowed = await services.store.places.allow(place, audit);
	services.invalidate({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return allowed ?? new Problem("not_found");
}

/** Changes a place's name or status; `null` clears the name. Writes nothing if nothing changes. */
export async function changePlace(
	services: Services,
	place: PlaceRecord,
	changes: Changes<Pick<PlaceRecord, "name" | "status">>,
	auditContext: AuditContext,
): Promise<PlaceRecord | Problem> {
	const problems = nameProblems(changes.name);
	if (problems.length > 0) return invalid(...problems);
	const change = difference(place, applyChanges(place, changes));
	if (isEmpty(change)) return place;
	const now = services.clock.now();
	const audit = placeAudit(auditContext, now, "places.change", place, change);
	const changed = await services.store.places.change(
		place.workspaceId,
		place.id,
		{ ...changes, updatedAt: now },
		audit,
	);
	services.invalidate({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return changed ?? noPlace(place.workspaceId, place.id);
}

/** Removes a place from the allow-list. Requests from its game servers are denied within a second. */
export async function deletePlace(
	services: Services,
	place: PlaceRecord,
	auditContext: AuditContext,
): Promise<undefined | Problem> {
	const audit = placeAudit(auditContext, services.clock.now(), "places.delete", place, {
		before: auditable(place),
	});
	const outcome = await services.store.places.delete(place.workspaceId, place.id, audit);
	services.invalidate({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
	return outcome === "missing" ? noPlace(place.workspaceId, place.id) : undefined;
}

export function noPlace(workspaceId: string, placeId: string): Problem {
	return new Problem("not_found", { detail: `Workspace ${workspaceId} has no place ${placeId}.` });
}

function placeAudit(
	auditContext: AuditContext,
	at: number,
	action: AuditAction,
	place: PlaceRecord,
	change: Partial<Difference>,
) {
	const { workspaceId, id } = place;
	return createAuditEntry(auditContext, at, {
		action,
		workspaceId,
		targetType: "place",
		targetId: id,
		...change,
	});
}
