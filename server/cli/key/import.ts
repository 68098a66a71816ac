import type { Command } from "commander";
import { limits } from "../../../shared/limits.js";
import { object, text } from "../../../shared/schema.js";
import { exitCodes } from "../../boot/exitCodes.js";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import { type ForeignKey, type ImportProblem, importKeys } from "../../keys/importKeys.js";
import { prefixLength } from "../../secrets/foreignToken.js";
import { StoreDamaged, StoreUnavailable } from "../../store/store.js";
import { CommandFailure, problemFailure } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { ProgressLine } from "../support/progressLine.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { readImportFile } from "./importFile.js";
import { importReportText } from "./importReport.js";
import { importColumns, readImportRow } from "./importRow.js";

const options = object({ workspace: text({ minLength: 1, maxLength: limits.nameLength }) });

interface Given {
	readonly workspace?: string;
	readonly deletedToo?: true;
	readonly dryRun?: true;
	readonly json?: true;
}

/** `placelock key import`: keys of another system, which keep their tokens. */
export function addKeyImport(key: Command): void {
	key
		.command("import")
		.description("import keys of another system by the SHA-256 of their tokens; the tokens stay valid")
		.argument("<file>", "a CSV file with the column names in its first row")
		.option("--workspace <workspace>", `the workspace to import to: ${workspaceArgument} (required)`)
		.option("--deleted-too", "import keys again that were imported before and then deleted")
		.option("--dry-run", "show what would be done without writing anything")
		.option("--json", "print the report as one line of JSON")
		.addHelpText(
			"after",
			`
Columns: ${importColumns.join(", ")}.
The first four are required. digest is the SHA-256 of the whole token, in hex or
base64. prefix is the start of the token, ${prefixLength.minimum} to ${prefixLength.maximum} characters, which servers use to
recognise imported tokens. kind is game or service. scopes, placeIds and allowedIps
hold entries separated by spaces, commas or semicolons. expiresAt is a time such as
2027-03-01T12:00:00Z.

Invalid rows are rejected and the others imported. Keys imported before are
recognised by their digest and left unchanged, so you can fix the rejected rows and
import the same file again. Running servers accept the keys within a second.
Rotating a key gives it a Placelock token; the imported token stays valid for the
overlap.

Keys that were imported before, to any workspace, and then deleted are rejected:
they may have been revoked because their tokens leaked. --deleted-too imports them
again; first remove the rows of keys that must stay deleted.

Exit codes: 0 every row is imported, now or before; ${exitCodes.failed} rows or the file were rejected.

Examples:
  placelock key import keys.csv --workspace "Obby Studio" --dry-run
  placelock key import keys.csv --workspace ws_8Fh2kQ0pLm3x
  placelock key import keys.csv --workspace ws_8Fh2kQ0pLm3x --deleted-too
  placelock key import keys.csv --workspace ws_8Fh2kQ0pLm3x --json`,
		)
		.action(async (file: string, given: Given) => {
			const { workspace } = readOptions(options, { workspace: given.workspace });
			const { dryRun = false, deletedToo } = given;
			const read = await readImportFile(file);
			await withExistingServices(async (services) => {
				const into = await findWorkspace(services, workspace);
				const { keys, rejected } = readRows(read, services.clock.now());
				const line = new ProgressLine();
				let done = 0;
				const progress = (rows: number) => {
					done = rows;
					line.update(`${done} of ${pluralize(keys.length, "row")}`);
				};
				const outcome = await importKeys(services, into.id, keys, commandLine, {
					dryRun,
					deletedToo,
					progress,
				})
					.catch((error: unknown) => {
						const isAway = error instanceof StoreUnavailable && !(error instanceof StoreDamaged);
						throw isAway ? interruptedFailure(error, done, keys.length) : error;
					})
					.finally(() => line.end());
				if (outcome instanceof Problem) throw problemFailure(outcome);
				const report = {
					...outcome,
					rejected: [...rejected, ...outcome.rejected].sort((a, b) => a.line - b.line),
				};
				await printResult(given, { dryRun, ...report }, () =>
					importReportText(report, { workspace: into, dryRun }),
				);
				if (report.rejected.length > 0) process.exitCode = exitCodes.failed;
			});
		});
}

function readRows(
	{ rows, rejected }: Awaited<ReturnType<typeof readImportFile>>,
	now: number,
): { keys: ForeignKey[]; rejected: ImportProblem[] } {
	const keys: ForeignKey[] = [];
	const problems = [...rejected];
	for (const row of rows) {
		const read = readImportRow(row, now);
		if (Array.isArray(read)) problems.push(...read);
		else keys.push(read);
	}
	return { keys, rejected: problems };
}

/** The database became unavailable during the import. */
function interruptedFailure({ message }: StoreUnavailable, done: number, all: number): CommandFailure {
	const text = `${message}. ${done} of ${all} rows are done. Import the file again to continue.`;
	return new CommandFailure("unavailable", text, exitCodes.unavailable);
}
