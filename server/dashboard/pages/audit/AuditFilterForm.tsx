import { Badge, Button, CloseButton, Group, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { listKeys } from "@shared/endpoints/keys.js";
import { useState } from "react";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { auditActions } from "../../labels/audit.js";
import { tokenPrefix } from "../keys/tokenPrefix.js";
import classes from "./Audit.module.css";
import { type AuditFilters, dateRangeError } from "./auditFilters.js";
import type { Names } from "./useNames.js";

interface AuditFilterFormProps {
	readonly filters: AuditFilters;
	readonly change: (filters: AuditFilters) => void;
	readonly names: Names;
	/** Absent: of the whole instance, whose keys are not in one list. */
	readonly workspaceId: string | undefined;
}

const commandLine = "command-line";
/** How many places are offered before somebody types. */
const placesShown = 20;

export function AuditFilterForm({ filters, change, names, workspaceId }: AuditFilterFormProps) {
	const { actor, action, from, to, key, target } = filters;
	const people = [...names.accounts].map(([value, label]) => ({ value, label }));
	people.sort((a, b) => a.label.localeCompare(b.label));
	const actors = [...people, { value: commandLine, label: "The command line" }];
	const actions = Object.entries(auditActions)
		.filter(([, { inWorkspaces }]) => inWorkspaces || workspaceId === undefined)
		.map(([value, { title }]) => ({ value, label: title }));
	const set = (part: AuditFilters) => change({ ...filters, ...part });
	return (
		<Stack gap="xs">
			<search className={classes.filters} aria-label="Filter the audit">
				<Select
					label="Who"
					placeholder="Anybody"
					clearable
					searchable
					clearButtonProps={{ "aria-label": "Anybody" }}
					nothingFoundMessage="Nobody of this name"
					data={withChosen(actors, actor)}
					value={actor ?? null}
					onChange={(value) => set({ actor: value ?? undefined })}
				/>
				<Select
					label="Action"
					placeholder="Anything"
					clearable
					searchable
					clearButtonProps={{ "aria-label": "Anything" }}
					nothingFoundMessage="No such action"
					data={withChosen(actions, action)}
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
						<Chip text={`On ${target}`} remove={() => set({ target: undefined })} />
					)}
					{key !== undefined && (
						<Chip text={`With the admin key ${key}`} remove={() => set({ key: undefined })} />
					)}
					<Button variant="subtle" size="compact-xs" onClick={() => change({})}>
						Clear all filters
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
				<CloseButton size="xs" c="inherit" aria-label={`Without the filter: ${text}`} onClick={remove} />
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

/** A key or a place. Of any number of keys: the server does the searching. Places are few, and known already. */
function TargetSelect({ workspaceId, target, names, choose }: TargetSelectProps) {
	const [text, setText] = useState("");
	const allPlaces = names.places.map(({ id, name }) => ({
		value: id,
		label: name === undefined ? id : `${name} (${id})`,
	}));
	const chosen =
		target === undefined
			? undefined
			: (allPlaces.find(({ value }) => value === target)?.label ?? names.thing(target) ?? target);
	// The field shows what is chosen; that is nothing somebody searches for.
	const wanted = text === chosen ? "" : text.trim();
	const [settled] = useDebouncedValue(wanted, 200);
	// Neither what was typed a moment ago nor what is pasted now takes a token's secret to the server.
	const search = tokenPrefix(settled) ?? settled;
	const { data, isFetching } = useEndpointQuery(
		listKeys,
		{ params: { workspaceId }, query: { limit: 20, search: search === "" ? undefined : search } },
		{ keepPrevious: true },
	);
	const keys = data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? [];
	const places = allPlaces
		.filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
		.slice(0, placesShown);
	const isOffered = [...keys, ...places].some(({ value }) => value === target);
	const groups = [
		{
			group: "Chosen",
			items: target === undefined || isOffered ? [] : [{ value: target, label: chosen ?? target }],
		},
		{ group: "Keys", items: keys },
		{ group: "Places", items: places },
	];
	return (
		<Select
			label="On"
			placeholder="Any key or place"
			clearable
			searchable
			clearButtonProps={{ "aria-label": "Any key or place" }}
			nothingFoundMessage={isFetching ? "Searching…" : "No key or place of this name"}
			data={groups.filter(({ items }) => items.length > 0)}
			// What was found is what there is to choose from.
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

/** What is chosen is shown even if it is none of the choices. */
function withChosen(choices: readonly Choice[], chosen: string | undefined): Choice[] {
	if (chosen === undefined || choices.some(({ value }) => value === chosen)) return [...choices];
	return [{ value: chosen, label: chosen }, ...choices];
}
