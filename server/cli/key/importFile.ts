import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { exitCodes } from "../../boot/exitCodes.js";
import type { ImportProblem } from "../../keys/importKeys.js";
import { CommandFailure, optionFailure } from "../support/commandFailure.js";
import { type FileRow, importColumns, requiredColumns } from "./importRow.js";

export interface ImportFile {
	readonly rows: readonly FileRow[];
	readonly rejected: readonly ImportProblem[];
}

/** In bytes. Without it, an unclosed quote would take the rest of the file as one row. */
const longestRow = 65_536;

/**
 * Reads a CSV file (RFC 4180, UTF-8) with the column names in its first row. A
 * row with too many or too few cells is rejected alone. A file that cannot be
 * read to its end, or has unknown columns, fails as a whole.
 */
export async function readImportFile(file: string): Promise<ImportFile> {
	const rows: FileRow[] = [];
	const rejected: ImportProblem[] = [];
	let columns: readonly string[] | undefined;
	for await (const { line, cells } of recordsOf(file)) {
		if (columns === undefined) {
			columns = cells;
			const problems = headerProblems(columns);
			if (problems.length > 0)
				throw fileFailure(
					file,
					`its first row is invalid:\n${problems.map((each) => `  ${each}`).join("\n")}`,
				);
		} else if (cells.length !== columns.length) {
			rejected.push({ line, message: `has ${cells.length} cells, but the first row has ${columns.length}` });
		} else rows.push({ line, cells: byColumnName(columns, cells) });
	}
	if (columns === undefined) throw fileFailure(file, "it is empty; its first row must name the columns");
	return { rows, rejected };
}

async function* recordsOf(file: string): AsyncGenerator<{ line: number; cells: string[] }> {
	const parser = parse({
		bom: true,
		raw: true,
		relax_column_count: true,
		skip_empty_lines: true,
		max_record_size: longestRow,
	});
	const source = createReadStream(file);
	// `pipe` does not forward errors.
	source.once("error", (error) => parser.destroy(error));
	source.pipe(parser);
	// Counted here: inside quotes, the parser counts CRLF as two lines.
	let next = 1;
	try {
		for await (const { record, raw } of parser as AsyncIterable<{ record: string[]; raw: string }>) {
			// `raw` starts with the empty lines skipped before the row.
			const line = next + lineEnds(/^[\r\n]*/.exec(raw)?.[0] ?? "");
			next += lineEnds(raw);
			yield { line, cells: record.map((cell) => cell.trim()) };
		}
	} catch (error) {
		throw readingFailure(file, error);
	} finally {
		source.destroy();
	}
}

function lineEnds(text: string): number {
	return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function byColumnName(columns: readonly string[], cells: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		columns.flatMap((column, index) => (cells[index] ? [[column, cells[index]] as const] : [])),
	);
}

function headerProblems(columns: readonly string[]): string[] {
	const [only = ""] = columns;
	if (columns.length === 1 && only.split(";").some((cell) => isColumn(cell.trim()))) {
		return ["its cells are separated by semicolons; save it with commas"];
	}
	const known = `the columns are ${importColumns.join(", ")}`;
	const unknown = columns.flatMap((column, index) =>
		isColumn(column) ? [] : [`column ${index + 1}${quoted(column)} is unknown; ${known}`],
	);
	const missing = requiredColumns
		.filter((column) => !columns.includes(column))
		.map((column) => `${column} is missing`);
	const twice = importColumns.filter((column) => columns.filter((each) => each === column).length > 1);
	return [...unknown, ...missing, ...twice.map((column) => `${column} appears more than once`)];
}

function isColumn(name: string): boolean {
	return (importColumns as readonly string[]).includes(name);
}

/** Quotes a column name, but nothing that may be a key in a file without a header. */
function quoted(column: string): string {
	return /^[A-Za-z][A-Za-z _-]{0,30}$/.test(column) ? ` ("${column}")` : "";
}

function readingFailure(file: string, error: unknown): unknown {
	if (error instanceof CsvError) {
		const problem = csvProblems[error.code] ?? "it cannot be read";
		const about = "lines" in error ? `, about line ${error.lines}` : "";
		return fileFailure(file, `it is not a valid CSV file: ${problem}${about}`);
	}
	if (error instanceof CommandFailure || !isSystemError(error)) return error;
	return optionFailure([{ option: "<file>", message: `cannot be read: ${error.message}` }]);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return typeof error === "object" && error !== null && "syscall" in error;
}

/** Used instead of the parser's messages, which quote the file. */
const csvProblems: Readonly<Record<string, string>> = {
	CSV_QUOTE_NOT_CLOSED: "a quote is not closed",
	INVALID_OPENING_QUOTE: "a quote appears inside a cell that does not start with one",
	CSV_INVALID_CLOSING_QUOTE: "a quote is closed before the end of its cell",
	CSV_MAX_RECORD_SIZE: `a row is longer than ${longestRow} bytes; perhaps a quote is not closed`,
};

function fileFailure(file: string, reason: string): CommandFailure {
	return new CommandFailure("file_invalid", `${file} was not imported: ${reason}`, exitCodes.failed);
}
