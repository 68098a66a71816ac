import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import { type AuditEntry, auditSentence, fieldsOf } from "../../labels/audit.js";
import { exactTime } from "../../ui/relativeTime.js";
import { Time } from "../../ui/Time.js";
import classes from "./Audit.module.css";
import type { AuditFilters } from "./auditFilters.js";
import type { Names } from "./useNames.js";

interface AuditEntryItemProps {
	readonly entry: AuditEntry;
	readonly names: Names;
	readonly applyFilters: (to: AuditFilters) => void;
	/** Names the workspace, where entries of several are listed. */
	readonly withWorkspace: boolean;
}

/**
 * One change as a sentence, with details that can be opened: the fields before and
 * after, and how it was made.
 */
export function AuditEntryItem({ entry, names, applyFilters, withWorkspace }: AuditEntryItemProps) {
	const [open, setOpen] = useState(false);
	const details = useId();
	const { before, after } = auditSentence(entry);
	const IconComponent = open ? IconChevronDown : IconChevronRight;
	const target = names.target(entry);
	return (
		<li className={classes.entry}>
			<div className={classes.line}>
				<div>
					<strong>{actorName(entry, names)}</strong> {before}
					{after !== undefined && <span className={classes.target}>{target}</span>}
					{after}
					{withWorkspace && entry.workspaceId !== undefined && entry.targetType !== "workspace" && (
						<Text span inherit c="dimmed">
							{` in ${names.workspace(entry.workspaceId)}`}
						</Text>
					)}
				</div>
				<div className={classes.when}>
					<Time at={entry.at} />
					<Button
						variant="subtle"
						color="gray"
						size="compact-xs"
						onClick={() => setOpen(!open)}
						aria-label={`Details: ${before}${after === undefined ? "" : target + after}`}
						aria-expanded={open}
						aria-controls={details}
						leftSection={<IconComponent size={14} aria-hidden />}
					>
						Details
					</Button>
				</div>
			</div>
			<div id={details} hidden={!open} className={classes.details}>
				{open && <Details entry={entry} target={target} applyFilters={applyFilters} />}
			</div>
		</li>
	);
}

function actorName({ actor }: AuditEntry, names: Names): string {
	if (actor.type === "command-line") return "Command line";
	return actor.name ?? names.account(actor.id) ?? `Deleted account (${actor.id})`;
}

interface DetailsProps {
	readonly entry: AuditEntry;
	readonly target: string;
	readonly applyFilters: (to: AuditFilters) => void;
}

function Details({ entry, target, applyFilters }: DetailsProps) {
	const { at, action, address, actor, targetId } = entry;
	const keyId = actor.type === "account" ? actor.keyId : undefined;
	return (
		<>
			<Difference before={fieldsOf(entry.before)} after={fieldsOf(entry.after)} />
			<Text size="xs" c="dimmed">
				<code>{action}</code> on <code>{targetId}</code>
				{address !== undefined && address !== "" && ` from ${address}`}, {exactTime(new Date(at))}
				{keyId !== undefined && (
					<>
						, with the admin key <code>{keyId}</code>
					</>
				)}
			</Text>
			<Group gap="md" mt={4}>
				<Anchor component="button" type="button" size="xs" onClick={() => applyFilters({ target: targetId })}>
					All changes to {target}
				</Anchor>
				{keyId !== undefined && (
					<Anchor component="button" type="button" size="xs" onClick={() => applyFilters({ key: keyId })}>
						All changes made with this admin key
					</Anchor>
				)}
			</Group>
		</>
	);
}

interface DifferenceProps {
	readonly before: Readonly<Record<string, unknown>>;
	readonly after: Readonly<Record<string, unknown>>;
}

function Difference({ before, after }: DifferenceProps) {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	if (names.length === 0) return null;
	return (
		<table className={classes.diff}>
			<thead>
				<tr>
					<th scope="col">Field</th>
					<th scope="col">Before</th>
					<th scope="col">After</th>
				</tr>
			</thead>
			<tbody>
				{names.map((name) => (
					<tr key={name}>
						<th scope="row">{name}</th>
						<Value value={before[name]} className={classes.was} />
						<Value value={after[name]} className={classes.is} />
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Value({ value, className }: { readonly value: unknown; readonly className: string | undefined }) {
	if (value === undefined || value === null) return <td>–</td>;
	return (
		<td className={className}>
			<code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
		</td>
	);
}
