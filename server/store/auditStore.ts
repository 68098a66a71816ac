import type { AuditEntry, AuditFilter } from "../model/auditEntry.js";
import type { Page, PageRequest } from "./pages.js";

export interface AuditStore {
	/** Newest first. Without a workspace: the entries of all. */
	list(page: PageRequest & AuditFilter): Promise<Page<AuditEntry>>;
}
