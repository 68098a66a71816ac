import { exportInstanceAudit, listInstanceAudit } from "../../../../shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { usePages } from "../../api/usePages.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

/** For operators: every workspace, and what belongs to none. */
export function InstanceAuditPage() {
	const api = useApi();
	const query = queryOf(useFilters().filters);
	const pages = usePages(listInstanceAudit, { query }, { everyMs: 15_000 });
	return (
		<Page
			title="Audit of this instance"
			about="Who changed what, in every workspace and in none: accounts, sign-ins, admin keys."
			actions={
				<ExportLink href={api.addressOf(exportInstanceAudit, { query })} name="placelock-audit.jsonl" />
			}
		>
			<AuditList pages={pages} />
		</Page>
	);
}
