import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Group, Menu, ScrollArea, Text, TextInput, UnstyledButton } from "@mantine/core";
import { getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { limits } from "@shared/limits.js";
import { IconCheck, IconLayoutGrid, IconSearch, IconSelector } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { generatePath, Link, useParams } from "react-router";
import { useEndpointPages } from "../api/useEndpointPages.js";
import { useEndpointQuery } from "../api/useEndpointQuery.js";
import classes from "./Shell.module.css";

/** From this many workspaces on, the list has a search field. */
const searchFrom = 8;

export function WorkspaceSwitcher() {
	const { workspaceId } = useParams();
	const pages = useEndpointPages(listWorkspaces, { query: { limit: limits.pageSize } });
	const { records: workspaces = [], problem, hasMore, isLoadingMore, loadMore } = pages;
	const [search, setSearch] = useState("");
	// `WorkspaceFrame` shares this request. The current workspace may not be on any loaded page.
	const { data: current } = useEndpointQuery(
		getWorkspace,
		{ params: { workspaceId: workspaceId ?? "" } },
		{ enabled: workspaceId !== undefined },
	);
	// The server cannot search workspaces, so searching loads all of them.
	const loadsAll = search.trim() !== "" && hasMore && problem === undefined;
	// biome-ignore lint/correctness/useExhaustiveDependencies: once for every page that loads
	useEffect(() => {
		if (loadsAll && !isLoadingMore) loadMore();
	}, [loadsAll, isLoadingMore, workspaces.length]);
	const found = workspaces.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
	return (
		<Menu position="bottom-start" width="target" onClose={() => setSearch("")}>
			<Menu.Target>
				<UnstyledButton className={classes.switcher}>
					<Group gap={8} wrap="nowrap">
						<Text size="sm" fw={500} truncate flex={1}>
							<bdi>{current?.name ?? (workspaceId === undefined ? "Choose a workspace" : workspaceId)}</bdi>
						</Text>
						<IconSelector size={14} aria-hidden />
					</Group>
				</UnstyledButton>
			</Menu.Target>
			<Menu.Dropdown>
				{workspaces.length >= searchFrom && (
					<TextInput
						aria-label="Search workspaces"
						placeholder="Search"
						size="xs"
						m={4}
						leftSection={<IconSearch size={14} aria-hidden />}
						value={search}
						onChange={(event) => setSearch(event.currentTarget.value)}
						data-autofocus
					/>
				)}
				<ScrollArea.Autosize mah={320} type="scroll">
					{found.map(({ id, name }) => (
						<Menu.Item
							key={id}
							component={Link}
							to={generatePath(dashboardPaths.workspace, { workspaceId: id })}
							rightSection={id === workspaceId && <IconCheck size={14} aria-label="current" />}
						>
							<bdi>{name}</bdi>
						</Menu.Item>
					))}
					{found.length === 0 && search !== "" && (
						<Text size="sm" c="dimmed" px="sm" py={6} role="status">
							{loadsAll ? "Searching…" : "No matching workspaces"}
						</Text>
					)}
				</ScrollArea.Autosize>
				{workspaces.length > 0 && <Menu.Divider />}
				<Menu.Item
					component={Link}
					to={dashboardPaths.workspaces}
					leftSection={<IconLayoutGrid size={16} aria-hidden />}
				>
					All workspaces
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
