import type { Role } from "../../shared/endpoint.js";
import type { AuditEntry } from "../model/auditEntry.js";
import type { MemberRecord } from "../model/member.js";
import type { JoinObstacle, MemberChangeObstacle } from "../model/memberRules.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Page, PageRequest } from "./pages.js";

export interface MemberStore {
	find(workspaceId: string, accountId: string): Promise<MemberRecord | undefined>;
	/** Newest first; the `id` of positions is the account's. */
	list(workspaceId: string, page: PageRequest): Promise<Page<MemberRecord>>;
	/** The workspaces of an account with its role in each, newest workspace first, paged as workspaces are. */
	workspacesOf(
		accountId: string,
		page: PageRequest,
	): Promise<Page<WorkspaceRecord & { readonly role: Role }>>;
	/**
	 * Joins with an invitation, which is used up. An existing member gets the
	 * invitation's role unless theirs is higher. A deleted account is reported as
	 * `workspace_missing` too.
	 */
	join(member: MemberRecord, linkId: string, audit: AuditEntry): Promise<"joined" | JoinObstacle>;
	/** Of two owners who leave concurrently, one gets `last_owner`. */
	change(
		workspaceId: string,
		accountId: string,
		role: Role,
		audit: AuditEntry,
	): Promise<MemberRecord | MemberChangeObstacle>;
	remove(
		workspaceId: string,
		accountId: string,
		audit: AuditEntry,
	): Promise<"removed" | MemberChangeObstacle>;
}
