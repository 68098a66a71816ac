import type { Changes } from "../model/applyChanges.js";
import type { AuditEntry } from "../model/auditEntry.js";
import type { PlaceRecord } from "../model/place.js";
import type { Page, PageRequest } from "./pages.js";

export interface PlaceStore {
	/** Creates or replaces; an existing record keeps its `createdAt`. Undefined when the workspace does not exist. */
	allow(place: PlaceRecord, audit: AuditEntry): Promise<PlaceRecord | undefined>;
	find(workspaceId: string, placeId: string): Promise<PlaceRecord | undefined>;
	list(workspaceId: string, page: PageRequest): Promise<Page<PlaceRecord>>;
	change(
		workspaceId: string,
		placeId: string,
		changes: Changes<Pick<PlaceRecord, "name" | "status" | "updatedAt">>,
		audit: AuditEntry,
	): Promise<PlaceRecord | undefined>;
	delete(workspaceId: string, placeId: string, audit: AuditEntry): Promise<"deleted" | "missing">;
}
