import { exportInstanceAudit, listInstanceAudit } from "@shared/endpoints/audit.js";
import { useApi } from "../../api/ApiContext.js";
import { usePages } from "../../api/usePages.js";
import { Page } from "../../ui/Page.js";
import { AuditList, useFilters } from "./AuditList.js";
import { daysProblem, queryOf } from "./auditFilters.js";
import { ExportLink } from "./ExportLink.js";

/** For operators: every workspace, and what belongs to none. */
export function InstanceAuditPage() {
	const api = useApi();
	const { filters } = useFilters();
	const query = queryOf(filters);
	// What is wrong stands beside its field, and nothing is asked that can only be refused.
	const enabled = daysProblem(filters) === undefined;
	const pages = usePages(listInstanceAudit, { query }, { everyMs: 15_000, enabled });
	return (
		<Page
			title="Audit of this instance"
			about="Who changed what, in every workspace and in none: accounts, sign-ins, admin keys."
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
