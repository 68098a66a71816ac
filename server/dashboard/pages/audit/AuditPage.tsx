import { exportAudit, listAudit } from "@shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { dateRangeError, queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

export function AuditPage() {
	const { id: workspaceId } = useWorkspace();
	const api = useApi();
	const { filters } = useFilters();
	const query = queryOf(filters);
	// The form shows the error; the request could only fail.
	const enabled = dateRangeError(filters) === undefined;
	const params = { workspaceId };
	const pages = useEndpointPages(listAudit, { params, query }, { refetchEveryMs: 15_000, enabled });
	return (
		<Page
			title="Audit log"
			description="Who changed what in this workspace, newest first. Kept forever. Never contains secrets."
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
