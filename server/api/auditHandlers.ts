import type { EndpointInput } from "../../shared/endpoint.js";
import type { exportAudit, listAudit } from "../../shared/endpoints/audit.js";
import { auditTimeProblems } from "../audit/auditTimes.js";
import type { Services } from "../core/context.js";
import { fieldsOf, invalid, Problem } from "../core/problem.js";
import type { AuditFilter } from "../model/auditEntry.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { JsonLines } from "./results.js";
import { auditEntrySerializer, exportedAuditEntries, withCreatedAt } from "./serializeAuditEntries.js";

type AuditHandlers = Pick<
	Handlers,
	"audit.list" | "audit.export" | "instance-audit.list" | "instance-audit.export"
>;

export function auditHandlers({ store }: Services): AuditHandlers {
	async function list({ limit, cursor, ...filters }: ListFilters, workspaceId?: string) {
		const page = pageRequest({ limit, cursor });
		const filter = filterOf(workspaceId, filters);
		if (page instanceof Problem || filter instanceof Problem) {
			return invalid(...fieldsOf(page), ...fieldsOf(filter));
		}
		const found = await store.audit.list({ ...page, ...filter });
		const serialize = await auditEntrySerializer(store.accounts, found.records);
		return serializePage({ ...found, records: found.records.map(withCreatedAt) }, serialize);
	}

	function exportEntries(filters: Filters, workspaceId?: string) {
		const filter = filterOf(workspaceId, filters);
		return filter instanceof Problem ? filter : new JsonLines(exportedAuditEntries(store, filter));
	}

	return {
		"audit.list": async ({ access }, { params, query }) => {
			const workspace = await access.workspace(params.workspaceId);
			return workspace instanceof Problem ? workspace : list(query, workspace.id);
		},
		"audit.export": async ({ access }, { params, query }) => {
			const workspace = await access.workspace(params.workspaceId);
			return workspace instanceof Problem ? workspace : exportEntries(query, workspace.id);
		},
		"instance-audit.list": (_context, { query }) => list(query),
		"instance-audit.export": (_context, { query }) => exportEntries(query),
	};
}

type Filters = EndpointInput<typeof exportAudit>["query"];
type ListFilters = EndpointInput<typeof listAudit>["query"];

function filterOf(workspaceId: string | undefined, { from, to, ...equal }: Filters): AuditFilter | Problem {
	const problems = auditTimeProblems({ from, to });
	if (problems.length > 0) return invalid(...problems);
	return {
		...equal,
		workspaceId,
		from: from === undefined ? undefined : Date.parse(from),
		to: to === undefined ? undefined : Date.parse(to),
	};
}
