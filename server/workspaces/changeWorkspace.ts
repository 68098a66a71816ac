import { limits } from "../../shared/limits.js";
import { auditable, difference, isNone } from "../audit/difference.js";
import { type Author, auditOf, type Domain, newId } from "../core/context.js";
import { nameProblems } from "../core/names.js";
import { invalid, Problem } from "../core/problem.js";
import { applyChanges } from "../model/applyChanges.js";
import type { Keeping } from "../model/idempotencyRecord.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Changes } from "../store/store.js";

type Editable = Pick<WorkspaceRecord, "name" | "status" | "placeProof" | "idleDays" | "maxKeys">;

/** Makes a workspace; `validation_failed` when its name is none. */
export async function createWorkspace(
	domain: Domain,
	wish: Pick<Editable, "name" | "placeProof" | "idleDays"> & { readonly maxKeys?: number },
	author: Author,
	keeping?: Keeping<WorkspaceRecord>,
): Promise<WorkspaceRecord | Problem> {
	const problems = nameProblems(wish.name);
	if (problems.length > 0) return invalid(...problems);
	const now = domain.clock.now();
	const workspace: WorkspaceRecord = {
		...wish,
		id: newId("ws"),
		status: "active",
		maxKeys: wish.maxKeys ?? limits.keysPerWorkspace,
		createdAt: now,
		updatedAt: now,
	};
	const change = { workspaceId: workspace.id, targetType: "workspace", targetId: workspace.id } as const;
	await domain.store.workspaces.create(
		workspace,
		auditOf(author, now, { action: "workspaces.create", ...change, after: auditable(workspace) }),
		keeping,
	);
	domain.forget({ type: "workspace", id: workspace.id });
	return workspace;
}

/** Changes fields; `null` clears one. What changes nothing writes nothing. A suspended workspace's keys are refused within a second. */
export async function changeWorkspace(
	domain: Domain,
	workspace: WorkspaceRecord,
	changes: Changes<Editable>,
	author: Author,
): Promise<WorkspaceRecord | Problem> {
	const problems = nameProblems(changes.name);
	if (problems.length > 0) return invalid(...problems);
	const change = difference(workspace, applyChanges(workspace, changes));
	if (isNone(change)) return workspace;
	const now = domain.clock.now();
	const audit = auditOf(author, now, {
		action: "workspaces.change",
		workspaceId: workspace.id,
		targetType: "workspace",
		targetId: workspace.id,
		...change,
	});
	const changed = await domain.store.workspaces.change(workspace.id, { ...changes, updatedAt: now }, audit);
	domain.forget({ type: "workspace", id: workspace.id });
	return changed ?? new Problem("not_found");
}

/** Deletes a workspace with its places and revoked keys; `conflict` while a key is left that is not revoked. */
export async function deleteWorkspace(
	domain: Domain,
	workspace: WorkspaceRecord,
	author: Author,
): Promise<undefined | Problem> {
	const audit = auditOf(author, domain.clock.now(), {
		action: "workspaces.delete",
		workspaceId: workspace.id,
		targetType: "workspace",
		targetId: workspace.id,
		before: auditable(workspace),
	});
	const outcome = await domain.store.workspaces.delete(workspace.id, audit);
	domain.forget({ type: "workspace", id: workspace.id });
	if (outcome === "missing") return new Problem("not_found");
	if (outcome === "has_keys") {
		return new Problem("conflict", {
			detail: "The workspace still has keys that are not revoked: revoke them first.",
		});
	}
	return undefined;
}
