import { exportAudit, listAudit } from "../../../../shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { usePages } from "../../api/usePages.js";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

export function AuditPage() {
	const { id: workspaceId } = useWorkspace();
	const api = useApi();
	const query = queryOf(useFilters().filters);
	const params = { workspaceId };
	const pages = usePages(listAudit, { params, query }, { everyMs: 15_000 });
	return (
		<Page
			title="Audit"
			about="Who changed what in this workspace, newest first. Entries are kept for good, and never hold a secret."
			actions={
				<ExportLink
					href={api.addressOf(exportAudit, { params, query })}
					name={`placelock-audit-${workspaceId}.jsonl`}
				/>
			}
		>
			<AuditList pages={pages} workspaceId={workspaceId} />
		</Page>
	);
}
