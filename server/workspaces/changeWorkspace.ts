import { limits } from "../../shared/limits.js";
import { auditable, difference, isEmpty } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, newId, type Services } from "../core/context.js";
import { nameProblems } from "../core/names.js";
import { invalid, Problem } from "../core/problem.js";
import type { Changes } from "../model/applyChanges.js";
import { applyChanges } from "../model/applyChanges.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { WorkspaceRecord } from "../model/workspace.js";

type Editable = Pick<WorkspaceRecord, "name" | "status" | "placeProof" | "idleDays" | "maxKeys">;

/** Creates a workspace; `validation_failed` if its name is not allowed. */
export async function createWorkspace(
	services: Services,
	input: Pick<Editable, "name" | "placeProof" | "idleDays"> & { readonly maxKeys?: number },
	auditContext: AuditContext,
	idempotencyWrite?: IdempotencyWrite<WorkspaceRecord>,
): Promise<WorkspaceRecord | Problem> {
	const problems = nameProblems(input.name);
	if (problems.length > 0) return invalid(...problems);
	const now = services.clock.now();
	const workspace: WorkspaceRecord = {
		...input,
		id: newId("ws"),
		status: "active",
		maxKeys: input.maxKeys ?? limits.keysPerWorkspace,
		createdAt: now,
		updatedAt: now,
	};
	const change = { workspaceId: workspace.id, targetType: "workspace", targetId: workspace.id } as const;
	await services.store.workspaces.create(
		workspace,
		createAuditEntry(auditContext, now, {
			action: "workspaces.create",
			...change,
			after: auditable(workspace),
		}),
		idempotencyWrite,
	);
	services.invalidate({ type: "workspace", id: workspace.id });
	return workspace;
}

/** Changes fields; `null` clears one. Writes nothing if nothing changes. The keys of a suspended workspace are denied within a second. */
export async function changeWorkspace(
	services: Services,
	workspace: WorkspaceRecord,
	changes: Changes<Editable>,
	auditContext: AuditContext,
): Promise<WorkspaceRecord | Problem> {
	const problems = nameProblems(changes.name);
	if (problems.length > 0) return invalid(...problems);
	const change = difference(workspace, applyChanges(workspace, changes));
	if (isEmpty(change)) return workspace;
	const now = services.clock.now();
	const audit = createAuditEntry(auditContext, now, {
		action: "workspaces.change",
		workspaceId: workspace.id,
		targetType: "workspace",
		targetId: workspace.id,
		...change,
	});
	const changed = await services.store.workspaces.change(workspace.id, { ...changes, updatedAt: now }, audit);
	services.invalidate({ type: "workspace", id: workspace.id });
	return changed ?? new Problem("not_found");
}

/** Deletes a workspace with its places and revoked keys; `workspace_has_keys` while it has a key that is not revoked. */
export async function deleteWorkspace(
	services: Services,
	workspace: WorkspaceRecord,
	auditContext: AuditContext,
): Promise<undefined | Problem> {
	const audit = createAuditEntry(auditContext, services.clock.now(), {
		action: "workspaces.delete",
		workspaceId: workspace.id,
		targetType: "workspace",
		targetId: workspace.id,
		before: auditable(workspace),
	});
	const outcome = await services.store.workspaces.delete(workspace.id, audit);
	services.invalidate({ type: "workspace", id: workspace.id });
	if (outcome === "missing") return new Problem("not_found");
	if (outcome === "has_keys") {
		return new Problem("workspace_has_keys");
	}
	return undefined;
}
