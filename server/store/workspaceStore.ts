import type { Changes } from "../model/applyChanges.js";
import type { AuditEntry } from "../model/auditEntry.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { WorkspaceDeletionObstacle } from "../model/workspaceRules.js";
import type { Page, PageRequest } from "./pages.js";

export interface WorkspaceStore {
	/** With `idempotencyWrite`, also stores its record in the same transaction; so do the other methods that accept one. */
	create(
		workspace: WorkspaceRecord,
		audit: AuditEntry,
		idempotencyWrite?: IdempotencyWrite<WorkspaceRecord>,
	): Promise<void>;
	findById(id: string): Promise<WorkspaceRecord | undefined>;
	list(page: PageRequest): Promise<Page<WorkspaceRecord>>;
	/** Returns the record after the change; undefined when it does not exist. */
	change(
		id: string,
		changes: Changes<Omit<WorkspaceRecord, "id" | "createdAt">>,
		audit: AuditEntry,
	): Promise<WorkspaceRecord | undefined>;
	/** Deletes the workspace with its places and revoked keys, unless it has a key that is not revoked. */
	delete(id: string, audit: AuditEntry): Promise<"deleted" | WorkspaceDeletionObstacle>;
	/** Whether any workspace exists. */
	any(): Promise<boolean>;
}
