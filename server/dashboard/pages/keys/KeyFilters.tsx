import { Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { limits } from "@shared/limits.js";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { kindLabels, statusLabels } from "../../labels/keys.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { tokenPrefix } from "../../ui/tokenPrefix.js";
import { filterableKinds, filterableStatuses, type useKeyFilter } from "./useKeyFilter.js";

/** How long to wait after a key press. */
const pauseMs = 250;

export function KeyFilters({ filter, change }: Pick<ReturnType<typeof useKeyFilter>, "filter" | "change">) {
	const [typed, setTyped] = useState(filter.search ?? "");
	const [isShortened, setIsShortened] = useState(false);
	const submitted = useRef(filter.search ?? "");
	const submit = useDebouncedCallback((search: string) => {
		submitted.current = search.trim();
		change({ search: submitted.current });
	}, pauseMs);
	// Changed from outside: the filters were cleared, or the browser went back.
	useEffect(() => {
		const search = filter.search ?? "";
		if (search === submitted.current) return;
		submitted.current = search;
		setTyped(search);
	}, [filter.search]);
	const search = (text: string) => {
		const start = tokenPrefix(text);
		setIsShortened(start !== undefined);
		setTyped(start ?? text);
		submit(start ?? text);
	};
	return (
		<Stack gap={6}>
			<Group gap="xs" role="search" aria-label="Keys">
				<TextInput
					aria-label="Search keys"
					placeholder="Search by name, ID or start of token"
					type="search"
					flex="1 1 260px"
					{...maxCodePoints(limits.nameLength)}
					spellCheck={false}
					leftSection={<IconSearch size={16} aria-hidden />}
					value={typed}
					onChange={(event) => search(event.currentTarget.value)}
				/>
				<Select
					aria-label="Kind"
					w={{ base: "calc(50% - 5px)", xs: 140 }}
					data={[
						{ value: "", label: "Any kind" },
						...filterableKinds.map((value) => ({ value, label: kindLabels[value].label })),
					]}
					value={filter.kind ?? ""}
					onChange={(kind) => change({ kind: kind ?? undefined })}
				/>
				<Select
					aria-label="Status"
					w={{ base: "calc(50% - 5px)", xs: 160 }}
					data={[
						{ value: "", label: "Any status" },
						...filterableStatuses.map((value) => ({
							value,
							label: value === "active" ? "Active or idle" : statusLabels[value].label,
						})),
					]}
					value={filter.status ?? ""}
					onChange={(status) => change({ status: status ?? undefined })}
				/>
			</Group>
			<Text size="sm" role="status">
				{isShortened &&
					"That looked like a full token, so only its prefix is searched for. The rest was discarded and never sent."}
			</Text>
		</Stack>
	);
}
