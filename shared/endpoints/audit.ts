import { auditActions } from "../auditActions.js";
import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, object, optional, text, timestamp } from "../schema.js";
import { auditRecord, identifier, nextCursor, pageQueryFields } from "./records.js";

const workspaceParams = object({ workspaceId: identifier });

/** Filters of the audit log, the same for listing and exporting it. */
const filters = {
	actor: optional(
		text({
			minLength: 1,
			maxLength: 64,
			description:
				"Only changes by this account; `command-line` for those made on the server's command line.",
		}),
	),
	keyId: optional(
		text({ minLength: 1, maxLength: 64, description: "Only changes made with this admin key." }),
	),
	action: optional(choice(auditActions, { description: "Only this action." })),
	targetId: optional(
		text({
			minLength: 1,
			maxLength: 128,
			description: "Only changes to the record with this ID: a key, place, workspace, account, …",
		}),
	),
	from: optional(timestamp({ description: "At or after this time." })),
	to: optional(timestamp({ description: "Before this time." })),
} as const;

export const listAudit = {
	name: "audit.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/audit",
	caller: "admin",
	scope: "audit.read",
	role: "viewer",
	idempotent: true,
	summary: "List a workspace's audit log, newest first",
	description:
		"Each entry is written in one transaction with its change, so none is missing. Entries are kept forever.",
	params: workspaceParams,
	query: object({ ...filters, ...pageQueryFields }),
	status: 200,
	response: object({ data: list(auditRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: ["not_found"],
} as const satisfies Endpoint;

export const exportAudit = {
	name: "audit.export",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/audit/export",
	caller: "admin",
	scope: "audit.read",
	role: "viewer",
	idempotent: true,
	summary: "Export a workspace's audit log as JSON lines, newest first",
	description:
		"One entry per line. Entries written during the export are left out. If the connection ends before the last chunk, the export is incomplete.",
	params: workspaceParams,
	query: object(filters),
	status: 200,
	response: auditRecord,
	format: "json-lines",
	errors: ["not_found"],
} as const satisfies Endpoint;

export const listInstanceAudit = {
	name: "instance-audit.list",
	method: "GET",
	path: "/v1/audit",
	caller: "admin",
	scope: "audit.read",
	role: "operator",
	idempotent: true,
	summary: "List the audit log of the whole server, newest first",
	description:
		"The entries of every workspace, and those that belong to none: accounts, sign-ins, admin keys.",
	query: object({ ...filters, ...pageQueryFields }),
	status: 200,
	response: object({ data: list(auditRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: [],
} as const satisfies Endpoint;

export const exportInstanceAudit = {
	name: "instance-audit.export",
	method: "GET",
	path: "/v1/audit/export",
	caller: "admin",
	scope: "audit.read",
	role: "operator",
	idempotent: true,
	summary: "Export the audit log of the whole server as JSON lines, newest first",
	description: "Works like the export of a workspace's audit log.",
	query: object(filters),
	status: 200,
	response: auditRecord,
	format: "json-lines",
	errors: [],
} as const satisfies Endpoint;
