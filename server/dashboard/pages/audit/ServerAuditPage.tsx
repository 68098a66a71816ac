import { exportInstanceAudit, listInstanceAudit } from "@shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { dateRangeError, queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

/** For operators: every workspace, and what belongs to none. */
export function ServerAuditPage() {
	const api = useApi();
	const { filters } = useFilters();
	const query = queryOf(filters);
	// What is wrong stands beside its field, and nothing is asked that can only be refused.
	const enabled = dateRangeError(filters) === undefined;
	const pages = useEndpointPages(listInstanceAudit, { query }, { refetchEveryMs: 15_000, enabled });
	return (
		<Page
			title="Audit of this instance"
			description="Who changed what, in every workspace and in none: accounts, sign-ins, admin keys."
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
