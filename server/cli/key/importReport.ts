import { changeWorkspace } from "../../../shared/endpoints/workspaces.js";
import { commandName } from "../../boot/commandName.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import type { ImportProblem, ImportReport } from "../../keys/importKeys.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { colour } from "../support/colour.js";

/** Rows shown for each reason; the rest are counted. */
const shownPerReason = 5;

/** The report of an import: what was imported, what was rejected, and how to fix that. */
export function importReportText(
	{ imported, known, rejected }: ImportReport,
	{ workspace, dryRun }: { readonly workspace: WorkspaceRecord; readonly dryRun: boolean },
): string {
	const did = dryRun ? "Would import" : "Imported";
	const rows = new Set(rejected.map(({ line }) => line)).size;
	return [
		`${colour("green", did)} ${pluralize(imported, "key")}.`,
		...(known > 0 ? [`Left ${pluralize(known, "key")} unchanged: imported before.`] : []),
		...(rows > 0
			? [`${colour("red", "Rejected")} ${pluralize(rows, "row")}:`, ...problemLines(rejected)]
			: []),
		...hints(rejected, workspace),
	].join("\n");
}

/** The first rows of each reason in file order, then a count of the others. */
function problemLines(rejected: readonly ImportProblem[]): string[] {
	const reasons = new Map<string, { count: number; first: ImportProblem; last: ImportProblem }>();
	const lines: string[] = [];
	for (const problem of rejected) {
		const reason = problemText(problem, withoutNumbers(problem.message));
		const { count, first } = reasons.get(reason) ?? { count: 0, first: problem };
		reasons.set(reason, { count: count + 1, first, last: problem });
		if (count < shownPerReason)
			lines.push(`  line ${problem.line}: ${problemText(problem, problem.message)}`);
	}
	const summedUp = [...reasons.values()].filter(({ count }) => count > shownPerReason);
	for (const { count, first, last } of summedUp) {
		const message = first.message === last.message ? first.message : withoutNumbers(first.message);
		lines.push(
			`  and ${count - shownPerReason} more, up to line ${last.line}: ${problemText(first, message)}`,
		);
	}
	return summedUp.length > 0 ? [...lines, "--json lists every row."] : lines;
}

/** Messages that differ only in numbers (a line, an entry, a cell) have the same reason. */
function withoutNumbers(message: string): string {
	return message.replace(/\b\d+\b/g, "…");
}

function problemText({ column }: ImportProblem, message: string): string {
	return `${column === undefined ? "" : `${colour("bold", column)} `}${message}`;
}

function hints(rejected: readonly ImportProblem[], { id, maxKeys }: WorkspaceRecord): string[] {
	const count = (reason: ImportProblem["reason"]) => rejected.filter((each) => each.reason === reason).length;
	const lines: string[] = [];
	const tooMany = count("limit_reached");
	const { maximum } = changeWorkspace.body.fields.maxKeys.of;
	if (tooMany > 0 && maxKeys + tooMany <= maximum) {
		lines.push(`To raise the limit: ${commandName()} workspace change ${id} --max-keys ${maxKeys + tooMany}`);
	} else if (tooMany > 0) {
		lines.push(`A workspace can hold at most ${maximum} keys. Use several workspaces.`);
	}
	if (count("known_deleted") > 0) {
		lines.push(
			"Deleted keys may have been revoked because their tokens leaked. " +
				"Pass --deleted-too to import them anyway.",
		);
	}
	return lines;
}
