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
import { tell } from "../support/output.js";
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

/** `placelock key import`: keys of another system, which stay good with the tokens they have. */
export function addKeyImport(key: Command): void {
	key
		.command("import")
		.description(
			"import keys of another system by the SHA-256 of their tokens; they stay good until they are rotated",
		)
		.argument("<file>", "a CSV file whose first row names the columns")
		.option("--workspace <workspace>", `where they come into: ${workspaceArgument} (required)`)
		.option("--deleted-too", "import keys again that were imported before and have been deleted since")
		.option("--dry-run", "write nothing, and say what would be done")
		.option("--json", "print the report as one line of JSON")
		.addHelpText(
			"after",
			`
Columns: ${importColumns.join(", ")}.
The first four are required. digest is the SHA-256 of the whole token, in hex or
base64; prefix is how the tokens begin, ${prefixLength.minimum} to ${prefixLength.maximum} characters of them, by which this server
knows that a token may be an imported one. kind is game or service. scopes,
placeIds and allowedIps hold entries separated by spaces, commas or semicolons;
expiresAt is a time such as 2027-03-01T12:00:00Z.

A row that is refused stands in the way of no other. Keys that were imported
before are known by their digest and left as they are, so the same file can be
imported again after what was refused is mended. Running servers know the keys
within a second. Rotating a key gives it a token of Placelock's; the foreign one
is honoured for the overlap.

Keys that were imported before, into any workspace, and have been deleted since,
alone or with their workspace, are refused: they may have been revoked because
their tokens had leaked. --deleted-too imports them again; take those out of the
file first that are not to come back.

Exit codes: 0 every row is imported or was before, ${exitCodes.refused} rows or the file were refused.

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
				const { keys, refused } = readRows(read, services.clock.now());
				const line = new ProgressLine();
				let done = 0;
				const progress = (rows: number) => {
					done = rows;
					line.tell(`${done} of ${pluralize(keys.length, "row")}`);
				};
				const outcome = await importKeys(services, into.id, keys, commandLine, {
					dryRun,
					deletedToo,
					progress,
				})
					.catch((error: unknown) => {
						const isAway = error instanceof StoreUnavailable && !(error instanceof StoreDamaged);
						throw isAway ? brokenOff(error, done, keys.length) : error;
					})
					.finally(() => line.end());
				if (outcome instanceof Problem) throw problemFailure(outcome);
				const report = {
					...outcome,
					refused: [...refused, ...outcome.refused].sort((a, b) => a.line - b.line),
				};
				await tell(given, { dryRun, ...report }, () => importReportText(report, { workspace: into, dryRun }));
				if (report.refused.length > 0) process.exitCode = exitCodes.refused;
			});
		});
}

function readRows(
	{ rows, refused }: Awaited<ReturnType<typeof readImportFile>>,
	now: number,
): { keys: ForeignKey[]; refused: ImportProblem[] } {
	const keys: ForeignKey[] = [];
	const problems = [...refused];
	for (const row of rows) {
		const read = readImportRow(row, now);
		if (Array.isArray(read)) problems.push(...read);
		else keys.push(read);
	}
	return { keys, refused: problems };
}

/** The database went away in the middle. */
function brokenOff({ message }: StoreUnavailable, done: number, all: number): CommandFailure {
	const text = `${message}. ${done} of ${all} rows are done; import the file again to go on.`;
	return new CommandFailure("unavailable", text, exitCodes.unavailable);
}
