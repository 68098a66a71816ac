import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Badge, Box, Button, Code, Group, Stack, Text, Tooltip } from "@mantine/core";
import { listKeys } from "@shared/endpoints/keys.js";
import { IconKey, IconPlus, IconSearch } from "@tabler/icons-react";
import { generatePath, Link, useSearchParams } from "react-router";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { kindLabels } from "../../labels/keys.js";
import { useCanEdit, useWorkspace } from "../../session/useWorkspace.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Page } from "../../ui/Page.js";
import { cursorParameter, Pagination } from "../../ui/Pagination.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Time } from "../../ui/Time.js";
import { useNow } from "../../ui/useNow.js";
import { KeyFilters } from "./KeyFilters.js";
import { KeyScopes } from "./KeyScopes.js";
import { KeyStatus } from "./KeyStatus.js";
import { isInOverlap, type Key } from "./key.js";
import { useKeyFilter } from "./useKeyFilter.js";

const scopesShown = 2;

export function KeysPage() {
	const { id: workspaceId } = useWorkspace();
	const canEdit = useCanEdit();
	const { filter, isFiltered, change, clear } = useKeyFilter();
	const [params] = useSearchParams();
	const cursor = params.get(cursorParameter) ?? undefined;
	const { data, error, isPlaceholderData, refetch } = useEndpointQuery(
		listKeys,
		{ params: { workspaceId }, query: { ...filter, cursor } },
		{ keepPrevious: true },
	);
	const isFirst = cursor === undefined;
	const isBare = data?.data.length === 0 && !isFiltered && isFirst;
	const create = canEdit && (
		<Button
			component={Link}
			to={generatePath(dashboardPaths.newKey, { workspaceId })}
			leftSection={<IconPlus size={16} aria-hidden />}
		>
			Create key
		</Button>
	);
	return (
		<Page
			title="API keys"
			description="For your game servers and backends. A token is shown only once."
			actions={data !== undefined && !isBare && create}
		>
			{!isBare && <KeyFilters filter={filter} change={change} />}
			{data === undefined && error === null && <Loading />}
			{error !== null && <ErrorState problem={error} tryAgain={refetch} />}
			{isBare && (
				<EmptyState icon={IconKey} title="No keys yet" action={create}>
					{canEdit ? "Create a key to connect your game." : "Owners and admins can create keys."}
				</EmptyState>
			)}
			{data?.data.length === 0 && !isBare && (
				<EmptyState
					icon={IconSearch}
					title={isFirst ? "No matching keys" : "No more keys"}
					action={
						<Button variant="default" onClick={clear}>
							Show all keys
						</Button>
					}
				>
					{isFirst
						? "Search matches any part of a name, or the start of an ID or token."
						: "You have reached the end of the list."}
				</EmptyState>
			)}
			{data !== undefined && data.data.length > 0 && (
				<Stack opacity={isPlaceholderData ? 0.6 : 1} aria-busy={isPlaceholderData || undefined}>
					<div>
						<RecordTable label="API keys" columns={columns} records={data.data} keyOf={({ id }) => id} />
					</div>
					<Pagination label="Pages of keys" nextCursor={data.nextCursor} />
				</Stack>
			)}
		</Page>
	);
}

const columns: readonly Column<Key>[] = [
	{ title: "Key", cell: (key) => <KeyTitle record={key} /> },
	{ title: "Kind", fit: true, cell: ({ kind }) => kindLabels[kind].label },
	{ title: "Scopes", cell: ({ scopes }) => <KeyScopes scopes={scopes} most={scopesShown} /> },
	{ title: "Status", fit: true, cell: ({ status }) => <KeyStatus status={status} /> },
	{ title: "Last used", fit: true, cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} none="Never" /> },
	{ title: "Created", fit: true, cell: ({ createdAt }) => <Moment at={createdAt} none="" /> },
	{ title: "Expires", fit: true, cell: ({ expiresAt }) => <Moment at={expiresAt} none="Never" /> },
];

function KeyTitle({ record: key }: { readonly record: Key }) {
	const { id: workspaceId } = useWorkspace();
	const now = useNow();
	return (
		<Box>
			<Group gap={6}>
				<Anchor
					component={Link}
					to={generatePath(dashboardPaths.key, { workspaceId, keyId: key.id })}
					size="sm"
					fw={500}
				>
					{key.name}
				</Anchor>
				{isInOverlap(key, now) && (
					<Tooltip label="This key was rotated. Its old token is still accepted for a while.">
						<Badge size="sm" tabIndex={0}>
							Old token still valid
						</Badge>
					</Tooltip>
				)}
			</Group>
			<Code fz="xs" c="dimmed" bg="transparent" p={0}>
				{key.tokenStart}
			</Code>
		</Box>
	);
}

function Moment({ at, none }: { readonly at: string | undefined; readonly none: string }) {
	return (
		<Text size="sm" c="dimmed" span>
			{at === undefined ? none : <Time at={at} />}
		</Text>
	);
}
