import { auditActions } from "../auditActions.js";
import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, object, optional, text, timestamp } from "../schema.js";
import { auditRecord, identifier, nextCursor, pageQueryFields } from "./records.js";

const workspaceParams = object({ workspaceId: identifier });

/** What narrows the audit, the same for reading and for exporting it. */
const filters = {
	actor: optional(
		text({
			minLength: 1,
			maxLength: 64,
			description: "Changes made by this account; `command-line`: those made on the server itself.",
		}),
	),
	keyId: optional(text({ minLength: 1, maxLength: 64, description: "Changes made with this admin key." })),
	action: optional(choice(auditActions, { description: "Only this action." })),
	targetId: optional(
		text({ minLength: 1, maxLength: 128, description: "Changes to this key, place or workspace." }),
	),
	from: optional(timestamp({ description: "Not older than this." })),
	to: optional(timestamp({ description: "Older than this." })),
} as const;

export const listAudit = {
	name: "audit.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/audit",
	caller: "admin",
	scope: "audit.read",
	role: "viewer",
	idempotent: true,
	summary: "List who changed what in a workspace, newest first",
	description:
		"An entry is written in one transaction with its change, so none is missing. Entries are kept for good.",
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
	summary: "Export a workspace's audit as JSON lines, newest first",
	description:
		"One entry a line. What is written while the export runs is not in it. A connection that ends before the last chunk was cut off: the export is then incomplete.",
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
	summary: "List who changed what on the whole instance, newest first",
	description: "The audit of every workspace, and what belongs to none: accounts, sign-ins, admin keys.",
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
	summary: "Export the audit of the whole instance as JSON lines, newest first",
	description: "As with the export of one workspace.",
	query: object(filters),
	status: 200,
	response: auditRecord,
	format: "json-lines",
	errors: [],
} as const satisfies Endpoint;
