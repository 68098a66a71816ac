import { Button, Group, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import type { EndpointPages } from "../../api/useEndpointPages.js";
import type { AuditEntry } from "../../labels/audit.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import classes from "./Audit.module.css";
import { AuditEntryItem } from "./AuditEntryItem.js";
import { AuditFilterForm } from "./AuditFilterForm.js";
import { type AuditFilters, dateRangeError, parseFilters, searchOf } from "./auditFilters.js";
import { useNames } from "./useNames.js";

interface AuditListProps {
	readonly pages: EndpointPages<AuditEntry>;
	readonly workspaceId?: string;
}

/** The filters and the matching entries. */
export function AuditList({ pages, workspaceId }: AuditListProps) {
	const { filters, change } = useFilters();
	const { records, problem } = pages;
	const names = useNames(records ?? [], workspaceId);
	const form = <AuditFilterForm filters={filters} change={change} names={names} workspaceId={workspaceId} />;
	if (dateRangeError(filters) !== undefined) return form;
	return (
		<>
			{form}
			{records === undefined && problem === undefined && <Loading />}
			{records === undefined && problem !== undefined && (
				<ErrorState problem={problem} tryAgain={pages.tryAgain} />
			)}
			{records !== undefined && problem !== undefined && (
				<Text size="sm" c="red" role="status">
					{problem.details.title}. The list below may be out of date.
				</Text>
			)}
			{records?.length === 0 && (
				<EmptyState
					icon={IconHistory}
					title={Object.keys(filters).length === 0 ? "No changes yet" : "No matching changes"}
				>
					{Object.keys(filters).length === 0
						? "Every change is recorded here, with who made it."
						: "Try other filters."}
				</EmptyState>
			)}
			{records !== undefined && records.length > 0 && (
				<ul className={classes.list} aria-label="Changes">
					{records.map((entry) => (
						<AuditEntryItem
							key={entry.id}
							entry={entry}
							names={names}
							withWorkspace={workspaceId === undefined}
							applyFilters={(to) => change({ ...filters, ...to })}
						/>
					))}
				</ul>
			)}
			{pages.hasMore && (
				<Group justify="center">
					<Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
						Show more
					</Button>
				</Group>
			)}
		</>
	);
}

/** The filters are in the URL, so that a link shows the same entries. */
export function useFilters() {
	const [search, setSearch] = useSearchParams();
	const change = (filters: AuditFilters) => setSearch(searchOf(filters), { replace: true });
	return { filters: parseFilters(search), change };
}
