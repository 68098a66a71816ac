import { Badge, Button, CloseButton, Group, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { listKeys } from "@shared/endpoints/keys.js";
import { useState } from "react";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { auditActions } from "../../labels/audit.js";
import { tokenPrefix } from "../../ui/tokenPrefix.js";
import classes from "./Audit.module.css";
import { type AuditFilters, dateRangeError } from "./auditFilters.js";
import type { Names } from "./useNames.js";

interface AuditFilterFormProps {
	readonly filters: AuditFilters;
	readonly change: (filters: AuditFilters) => void;
	readonly names: Names;
	/** Absent for the whole server, whose keys are not in one list. */
	readonly workspaceId: string | undefined;
}

const commandLine = "command-line";
/** How many places are offered before the user types. */
const placesShown = 20;

export function AuditFilterForm({ filters, change, names, workspaceId }: AuditFilterFormProps) {
	const { actor, action, from, to, key, target } = filters;
	const accounts = [...names.accounts].map(([value, label]) => ({ value, label }));
	accounts.sort((a, b) => a.label.localeCompare(b.label));
	const actors = [...accounts, { value: commandLine, label: "Command line" }];
	const actions = Object.entries(auditActions)
		.filter(([, { inWorkspaces }]) => inWorkspaces || workspaceId === undefined)
		.map(([value, { title }]) => ({ value, label: title }));
	const set = (part: AuditFilters) => change({ ...filters, ...part });
	return (
		<Stack gap="xs">
			<search className={classes.filters} aria-label="Filter the audit log">
				<Select
					label="Who"
					placeholder="Anyone"
					clearable
					searchable
					clearButtonProps={{ "aria-label": "Clear who" }}
					nothingFoundMessage="No matching accounts"
					data={withSelected(actors, actor)}
					value={actor ?? null}
					onChange={(value) => set({ actor: value ?? undefined })}
				/>
				<Select
					label="Action"
					placeholder="Any action"
					clearable
					searchable
					clearButtonProps={{ "aria-label": "Clear action" }}
					nothingFoundMessage="No matching actions"
					data={withSelected(actions, action)}
					value={action ?? null}
					onChange={(value) => set({ action: value ?? undefined })}
				/>
				{workspaceId !== undefined && (
					<TargetSelect
						workspaceId={workspaceId}
						target={target}
						names={names}
						choose={(value) => set({ target: value })}
					/>
				)}
				<TextInput
					type="date"
					label="From"
					value={from ?? ""}
					max={to}
					onChange={({ currentTarget: { value } }) => set({ from: value === "" ? undefined : value })}
				/>
				<TextInput
					type="date"
					label="To"
					value={to ?? ""}
					min={from}
					error={dateRangeError(filters)}
					onChange={({ currentTarget: { value } }) => set({ to: value === "" ? undefined : value })}
				/>
			</search>
			{Object.keys(filters).length > 0 && (
				<Group gap="xs">
					{workspaceId === undefined && target !== undefined && (
						<Chip text={`Target: ${target}`} remove={() => set({ target: undefined })} />
					)}
					{key !== undefined && <Chip text={`Admin key: ${key}`} remove={() => set({ key: undefined })} />}
					<Button variant="subtle" size="compact-xs" onClick={() => change({})}>
						Clear filters
					</Button>
				</Group>
			)}
		</Stack>
	);
}

function Chip({ text, remove }: { readonly text: string; readonly remove: () => void }) {
	return (
		<Badge
			color="indigo"
			rightSection={
				<CloseButton size="xs" c="inherit" aria-label={`Remove filter: ${text}`} onClick={remove} />
			}
		>
			{text}
		</Badge>
	);
}

interface TargetSelectProps {
	readonly workspaceId: string;
	readonly target: string | undefined;
	readonly names: Names;
	readonly choose: (target: string | undefined) => void;
}

/** Selects a key or a place. The server searches the keys; the places are few and already loaded. */
function TargetSelect({ workspaceId, target, names, choose }: TargetSelectProps) {
	const [text, setText] = useState("");
	const allPlaces = names.places.map(({ id, name }) => ({
		value: id,
		label: name === undefined ? id : `${name} (${id})`,
	}));
	const chosen =
		target === undefined
			? undefined
			: (allPlaces.find(({ value }) => value === target)?.label ?? names.record(target) ?? target);
	// The field contains the selected label, which is not a search.
	const searched = text === chosen ? "" : text.trim();
	const [debounced] = useDebouncedValue(searched, 200);
	// The secret of a typed or pasted token must not be sent in a search.
	const search = tokenPrefix(debounced) ?? debounced;
	const { data, isFetching } = useEndpointQuery(
		listKeys,
		{ params: { workspaceId }, query: { limit: 20, search: search === "" ? undefined : search } },
		{ keepPrevious: true },
	);
	const keys = data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? [];
	const places = allPlaces
		.filter(({ label }) => label.toLowerCase().includes(searched.toLowerCase()))
		.slice(0, placesShown);
	const isOffered = [...keys, ...places].some(({ value }) => value === target);
	const groups = [
		{
			group: "Selected",
			items: target === undefined || isOffered ? [] : [{ value: target, label: chosen ?? target }],
		},
		{ group: "Keys", items: keys },
		{ group: "Places", items: places },
	];
	return (
		<Select
			label="Target"
			placeholder="Any key or place"
			clearable
			searchable
			clearButtonProps={{ "aria-label": "Clear target" }}
			nothingFoundMessage={isFetching ? "Searching…" : "No matching keys or places"}
			data={groups.filter(({ items }) => items.length > 0)}
			// The options are already filtered.
			filter={({ options }) => options}
			onSearchChange={setText}
			value={target ?? null}
			onChange={(value) => choose(value ?? undefined)}
		/>
	);
}

interface Choice {
	readonly value: string;
	readonly label: string;
}

/** Includes the selected value even if it is not an option. */
function withSelected(choices: readonly Choice[], chosen: string | undefined): Choice[] {
	if (chosen === undefined || choices.some(({ value }) => value === chosen)) return [...choices];
	return [{ value: chosen, label: chosen }, ...choices];
}
