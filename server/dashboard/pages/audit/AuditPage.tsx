import { exportAudit, listAudit } from "@shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { usePages } from "../../api/usePages.js";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { daysProblem, queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

export function AuditPage() {
	const { id: workspaceId } = useWorkspace();
	const api = useApi();
	const { filters } = useFilters();
	const query = queryOf(filters);
	// What is wrong stands beside its field, and nothing is asked that can only be refused.
	const enabled = daysProblem(filters) === undefined;
	const params = { workspaceId };
	const pages = usePages(listAudit, { params, query }, { everyMs: 15_000, enabled });
	return (
		<Page
			title="Audit"
			about="Who changed what in this workspace, newest first. Entries are kept for good, and never hold a secret."
			actions={
				enabled && (
					<ExportLink
						href={api.addressOf(exportAudit, { params, query })}
						name={`placelock-audit-${workspaceId}.jsonl`}
					/>
				)
			}
		>
			<AuditList pages={pages} workspaceId={workspaceId} />
		</Page>
	);
}
