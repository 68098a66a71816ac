import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { listDenials } from "@shared/endpoints/denials.js";
import { limits } from "@shared/limits.js";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Page } from "../../ui/Page.js";
import { DenialItem } from "./DenialItem.js";
import classes from "./Denials.module.css";
import { denialTitle } from "./denial.js";

const refetchEveryMs = 5_000;
const pageSize = 25;

export function DenialsPage() {
	const { id: workspaceId } = useWorkspace();
	const [search, setSearch] = useSearchParams();
	const code = search.get("code") ?? undefined;
	const pages = useEndpointPages(
		listDenials,
		// Filtering loads all of them: a workspace keeps at most a thousand.
		{ params: { workspaceId }, query: { limit: code === undefined ? pageSize : limits.pageSize } },
		{ refetchEveryMs },
	);
	const { records, problem, hasMore, isLoadingMore, loadMore } = pages;
	const loadsAll = code !== undefined && hasMore && problem === undefined;
	// biome-ignore lint/correctness/useExhaustiveDependencies: once for every page that loads
	useEffect(() => {
		if (loadsAll && !isLoadingMore) loadMore();
	}, [loadsAll, isLoadingMore, records?.length]);

	const shown = records?.filter((record) => code === undefined || record.code === code);
	const filter = (chosen: string | null) =>
		setSearch(chosen === null ? {} : { code: chosen }, { replace: true });
	return (
		<Page
			title="Denied requests"
			description="Requests with this workspace's keys that were denied, newest first. Identical ones are grouped."
		>
			{records === undefined && problem === undefined && <Loading />}
			{records === undefined && problem !== undefined && (
				<ErrorState problem={problem} tryAgain={pages.tryAgain} />
			)}
			{records !== undefined && problem !== undefined && (
				<Text size="sm" c="red" role="status">
					{problem.details.title}. The list below may be out of date.
				</Text>
			)}
			{records !== undefined && (records.length > 0 || code !== undefined) && (
				<CodeFilter codes={records.map((record) => record.code)} code={code} choose={filter} />
			)}
			{records?.length === 0 && code === undefined && (
				<EmptyState icon={IconShieldCheck} title="No denied requests">
					Denied requests appear here within seconds, each with a fix.
				</EmptyState>
			)}
			{shown !== undefined && shown.length > 0 && (
				<ul className={classes.list} aria-label="Denied requests">
					{shown.map((denial) => (
						<DenialItem key={denial.id} denial={denial} />
					))}
				</ul>
			)}
			{loadsAll && <Loading rows={2} />}
			{shown?.length === 0 && code !== undefined && !loadsAll && (
				<EmptyState
					icon={IconShieldX}
					title="No requests denied for this reason"
					action={
						<Button variant="default" onClick={() => filter(null)}>
							Show all denied requests
						</Button>
					}
				>
					{denialTitle(code)}.
				</EmptyState>
			)}
			{hasMore && !loadsAll && (
				<Group justify="center">
					<Button variant="default" loading={isLoadingMore} onClick={loadMore}>
						Show more
					</Button>
				</Group>
			)}
		</Page>
	);
}

interface CodeFilterProps {
	readonly codes: readonly string[];
	readonly code: string | undefined;
	readonly choose: (code: string | null) => void;
}

function CodeFilter({ codes, code, choose }: CodeFilterProps) {
	const known = new Set(code === undefined ? codes : [code, ...codes]);
	return (
		<Stack gap={4} maw={420}>
			<Select
				label="Reason"
				placeholder="All reasons"
				clearable
				clearButtonProps={{ "aria-label": "Show all reasons" }}
				data={[...known].sort().map((value) => ({ value, label: denialTitle(value) }))}
				value={code ?? null}
				onChange={choose}
			/>
		</Stack>
	);
}
