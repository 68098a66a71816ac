import type { Command } from "commander";
import { limits } from "../../shared/limits.js";
import { object, text } from "../../shared/schema.js";
import { commandLine } from "../domain.js";
import { exitCodes } from "../failure.js";
import { prefixLength } from "../keys/foreignToken.js";
import { type ForeignKey, type ImportProblem, type ImportReport, importKeys } from "../keys/importKeys.js";
import { Problem } from "../problem.js";
import { StoreUnavailable } from "../store/store.js";
import { colour } from "./colour.js";
import { CommandFailure, refusal } from "./commandFailure.js";
import { readImportFile } from "./importFile.js";
import { importColumns, readImportRow } from "./importRow.js";
import { readOptions } from "./readOptions.js";
import { withExistingDomain } from "./withDomain.js";
import { workspaceArgument, workspaceNamed } from "./workspaceNamed.js";

const options = object({ workspace: text({ minLength: 1, maxLength: limits.nameLength }) });

/** `placelock key import`: keys of another system, which stay good with the tokens they have. */
export function addKeyImport(key: Command): void {
	key
		.command("import")
		.description(
			"import keys of another system by the SHA-256 of their tokens; they stay good until they are rotated",
		)
		.argument("<file>", "a CSV file whose first row names the columns")
		.option("--workspace <workspace>", `where they come into: ${workspaceArgument} (required)`)
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

Exit codes: 0 every row is imported or was before, ${exitCodes.refused} rows or the file were refused.

Examples:
  placelock key import keys.csv --workspace "Obby Studio" --dry-run
  placelock key import keys.csv --workspace ws_8Fh2kQ0pLm3x
  placelock key import keys.csv --workspace ws_8Fh2kQ0pLm3x --json`,
		)
		.action(async (file: string, given: { workspace?: string; dryRun?: true; json?: true }) => {
			const { workspace } = readOptions(options, { workspace: given.workspace });
			const { dryRun = false } = given;
			const read = await readImportFile(file);
			await withExistingDomain(async (domain) => {
				const { id: workspaceId } = await workspaceNamed(domain, workspace);
				const { keys, refused } = readRows(read, domain.clock.now());
				let done = 0;
				const progress = (rows: number) => {
					done = rows;
					tellProgress(rows, keys.length);
				};
				const outcome = await importKeys(domain, workspaceId, keys, commandLine, { dryRun, progress })
					.catch((error: unknown) => {
						throw error instanceof StoreUnavailable ? brokenOff(error, done, keys.length) : error;
					})
					.finally(endProgress);
				if (outcome instanceof Problem) throw refusal(outcome);
				const report = {
					...outcome,
					refused: [...refused, ...outcome.refused].sort((a, b) => a.line - b.line),
				};
				const said = given.json ? JSON.stringify({ dryRun, ...report }) : reportText(report, dryRun);
				process.stdout.write(`${said}\n`);
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

/** Tells how far an import is, in one line that is written over; nothing where nobody watches. */
function tellProgress(done: number, all: number): void {
	if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} rows`);
}

/** The database went away in the middle. */
function brokenOff({ message }: StoreUnavailable, done: number, all: number): CommandFailure {
	const text = `${message}. ${done} of ${all} rows are done; import the file again to go on.`;
	return new CommandFailure("unavailable", text, exitCodes.unavailable);
}

function endProgress(): void {
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}

function reportText({ imported, known, refused }: ImportReport, dryRun: boolean): string {
	const did = dryRun ? "Would import" : "Imported";
	const lines = refused.map(({ line, column, message }) => {
		return `  line ${line}: ${column === undefined ? "" : `${colour("bold", column)} `}${message}`;
	});
	const rows = new Set(refused.map(({ line }) => line)).size;
	return [
		`${colour("green", did)} ${count(imported, "key")}.`,
		...(known > 0
			? [`${count(known, "key")} imported before: left as ${known === 1 ? "it is" : "they are"}.`]
			: []),
		...(rows > 0 ? [`${colour("red", "Refused")} ${count(rows, "row")}:`, ...lines] : []),
	].join("\n");
}

function count(number: number, what: string): string {
	return `${number} ${what}${number === 1 ? "" : "s"}`;
}
