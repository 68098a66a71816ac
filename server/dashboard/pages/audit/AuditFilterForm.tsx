import { Badge, Button, CloseButton, Group, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { listKeys } from "../../../../shared/endpoints/keys.js";
import { useAnswer } from "../../api/useAnswer.js";
import { auditActions } from "../../words/audit.js";
import classes from "./Audit.module.css";
import { type AuditFilters, daysProblem } from "./auditFilters.js";
import type { Names } from "./useNames.js";

interface AuditFilterFormProps {
	readonly filters: AuditFilters;
	readonly change: (filters: AuditFilters) => void;
	readonly names: Names;
	/** Absent: of the whole instance, whose keys are not in one list. */
	readonly workspaceId: string | undefined;
}

const commandLine = "command-line";

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
					<KeySelect workspaceId={workspaceId} target={target} choose={(value) => set({ target: value })} />
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
					error={daysProblem(filters)}
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

interface KeySelectProps {
	readonly workspaceId: string;
	readonly target: string | undefined;
	readonly choose: (keyId: string | undefined) => void;
}

/** Of any number of keys: the server does the searching. */
function KeySelect({ workspaceId, target, choose }: KeySelectProps) {
	const [text, setText] = useState("");
	const [search] = useDebouncedValue(text.trim(), 200);
	const { data, isFetching } = useAnswer(
		listKeys,
		{ params: { workspaceId }, query: { limit: 20, search: search === "" ? undefined : search } },
		{ keepBefore: true },
	);
	const found = data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? [];
	return (
		<Select
			label="On"
			placeholder="Any key or place"
			clearable
			searchable
			clearButtonProps={{ "aria-label": "Any key or place" }}
			nothingFoundMessage={isFetching ? "Searching…" : "No key of this name"}
			data={withChosen(found, target)}
			// What the server found is what there is to choose from.
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
