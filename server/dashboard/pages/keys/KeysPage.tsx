import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Badge, Box, Button, Code, Group, Stack, Text, Tooltip } from "@mantine/core";
import { listKeys } from "@shared/endpoints/keys.js";
import { IconKey, IconPlus, IconSearch } from "@tabler/icons-react";
import { generatePath, Link, useSearchParams } from "react-router";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { kindLabels } from "../../labels/keys.js";
import { useCanEdit, useWorkspace } from "../../shell/WorkspaceFrame.js";
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
			title="Keys"
			description="What games and other backends prove themselves with. A token is shown once, when its key is created or rotated."
			actions={data !== undefined && !isBare && create}
		>
			{!isBare && <KeyFilters filter={filter} change={change} />}
			{data === undefined && error === null && <Loading />}
			{error !== null && <ErrorState problem={error} tryAgain={refetch} />}
			{isBare && (
				<EmptyState icon={IconKey} title="No key yet" action={create}>
					A game needs one to be known here. {!canEdit && "Owners and admins of the workspace can create it."}
				</EmptyState>
			)}
			{data?.data.length === 0 && !isBare && (
				<EmptyState
					icon={IconSearch}
					title={isFirst ? "No key is like that" : "No more keys"}
					action={
						<Button variant="default" onClick={clear}>
							Show all keys
						</Button>
					}
				>
					{isFirst
						? "Names are searched anywhere, ids and tokens from their start."
						: "This was the last page."}
				</EmptyState>
			)}
			{data !== undefined && data.data.length > 0 && (
				<Stack opacity={isPlaceholderData ? 0.6 : 1} aria-busy={isPlaceholderData || undefined}>
					<div>
						<RecordTable label="Keys" columns={columns} records={data.data} keyOf={({ id }) => id} />
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
	{ title: "Status", fit: true, cell: ({ state }) => <KeyStatus state={state} /> },
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
					<Tooltip label="It was rotated, and its old token is still accepted for a while.">
						<Badge size="sm" tabIndex={0}>
							Old token still good
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
