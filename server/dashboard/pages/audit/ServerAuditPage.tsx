import { exportInstanceAudit, listInstanceAudit } from "@shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { dateRangeError, queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

/** For operators: all workspaces, and what belongs to none. */
export function ServerAuditPage() {
	const api = useApi();
	const { filters } = useFilters();
	const query = queryOf(filters);
	// The form shows the error; the request could only fail.
	const enabled = dateRangeError(filters) === undefined;
	const pages = useEndpointPages(listInstanceAudit, { query }, { refetchEveryMs: 15_000, enabled });
	return (
		<Page
			title="Server audit log"
			description="All changes on this server: workspaces, accounts, sign-ins and admin keys."
			actions={
				enabled && (
					<ExportLink href={api.addressOf(exportInstanceAudit, { query })} name="placelock-audit.jsonl" />
				)
			}
		>
			<AuditList pages={pages} />
		</Page>
	);
}
