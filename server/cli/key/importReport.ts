import { changeWorkspace } from "../../../shared/endpoints/workspaces.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import type { ImportProblem, ImportReport } from "../../keys/importKeys.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { colour } from "../support/colour.js";

/** Rows told of each reason; the rest of them are summed up. */
const toldOfEach = 5;

/** An import into the workspace as people read it: what was done, what was refused, and what to do about that. */
export function importReportText(
	{ imported, known, refused }: ImportReport,
	{ workspace, dryRun }: { readonly workspace: WorkspaceRecord; readonly dryRun: boolean },
): string {
	const did = dryRun ? "Would import" : "Imported";
	const rows = new Set(refused.map(({ line }) => line)).size;
	return [
		`${colour("green", did)} ${pluralize(imported, "key")}.`,
		...(known > 0
			? [`${pluralize(known, "key")} imported before: left as ${known === 1 ? "it is" : "they are"}.`]
			: []),
		...(rows > 0 ? [`${colour("red", "Refused")} ${pluralize(rows, "row")}:`, ...problemLines(refused)] : []),
		...advice(refused, workspace),
	].join("\n");
}

/** The first few of each reason, in the order of the file, then how many more there are of each. */
function problemLines(refused: readonly ImportProblem[]): string[] {
	const reasons = new Map<string, { count: number; first: ImportProblem; last: ImportProblem }>();
	const lines: string[] = [];
	for (const problem of refused) {
		const reason = told(problem, general(problem.message));
		const { count, first } = reasons.get(reason) ?? { count: 0, first: problem };
		reasons.set(reason, { count: count + 1, first, last: problem });
		if (count < toldOfEach) lines.push(`  line ${problem.line}: ${told(problem, problem.message)}`);
	}
	const summedUp = [...reasons.values()].filter(({ count }) => count > toldOfEach);
	for (const { count, first, last } of summedUp) {
		const message = first.message === last.message ? first.message : general(first.message);
		lines.push(`  and ${count - toldOfEach} more, up to line ${last.line}: ${told(first, message)}`);
	}
	return summedUp.length > 0 ? [...lines, "Every row is told with --json."] : lines;
}

/** Reasons that differ in the number of a line, an entry or a cell alone are one. */
function general(message: string): string {
	return message.replace(/\b\d+\b/g, "…");
}

function told({ column }: ImportProblem, message: string): string {
	return `${column === undefined ? "" : `${colour("bold", column)} `}${message}`;
}

function advice(refused: readonly ImportProblem[], { id, maxKeys }: WorkspaceRecord): string[] {
	const count = (reason: ImportProblem["reason"]) => refused.filter((each) => each.reason === reason).length;
	const lines: string[] = [];
	const tooMany = count("limit_reached");
	const { maximum } = changeWorkspace.body.fields.maxKeys.of;
	if (tooMany > 0 && maxKeys + tooMany <= maximum) {
		lines.push(`To make room: placelock workspace change ${id} --max-keys ${maxKeys + tooMany}`);
	} else if (tooMany > 0) {
		lines.push(`A workspace holds ${maximum} keys at most (workspace change --max-keys): use several.`);
	}
	if (count("known_deleted") > 0) {
		lines.push(
			"A key that was deleted may have been revoked because its token had leaked. " +
				"To import such keys all the same, add --deleted-too.",
		);
	}
	return lines;
}
