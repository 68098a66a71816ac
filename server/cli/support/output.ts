import { once } from "node:events";
import { colour } from "./colour.js";

/** Whether to print tables: people read terminals, programs read pipes and files. */
export function isTerminal(): boolean {
	return process.stdout.isTTY === true;
}

/** Writes to standard output and waits for a slow reader. */
export async function print(text: string): Promise<void> {
	if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Prints the result of a command: `record` as one line of JSON with `--json`, otherwise `text`. */
export async function printResult(
	given: { readonly json?: true },
	record: unknown,
	text: string | (() => string),
): Promise<void> {
	const line = given.json ? JSON.stringify(record) : typeof text === "string" ? text : text();
	await print(`${line}\n`);
}

/**
 * Exits quietly when the reader of the output closes the pipe, as in
 * `placelock audit | head`. By then every change has been written.
 */
export function exitOnClosedPipe(): void {
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
		throw error;
	});
}

export interface Column<R> {
	readonly title: string;
	of(record: R): string | undefined;
}

/**
 * Prints a list page by page: as a table on a terminal, elsewhere as
 * tab-separated lines, with `json` as JSON lines. `limit`: maximum number of
 * records. `none`: what to print on a terminal when there are no records.
 */
export async function printList<R>(
	pages: AsyncIterable<readonly R[]>,
	columns: readonly Column<R>[],
	{ json, limit = Number.POSITIVE_INFINITY, none }: { json?: true; limit?: number; none: string },
): Promise<void> {
	const terminal = isTerminal();
	const writer = json ? jsonLine : terminal ? undefined : tabLine(columns);
	const table = new TableWriter(columns);
	let printed = 0;
	for await (const page of pages) {
		const records = page.slice(0, limit - printed);
		printed += records.length;
		await print(writer === undefined ? table.lines(records) : records.map(writer).join(""));
		if (printed === limit) break;
	}
	if (printed === 0 && terminal && !json) await print(`${none}\n`);
}

function jsonLine(record: unknown): string {
	return `${JSON.stringify(record)}\n`;
}

function tabLine<R>(columns: readonly Column<R>[]): (record: R) => string {
	return (record) => `${columns.map((column) => printable(column.of(record) ?? "")).join("\t")}\n`;
}

/** Lays out a table whose rows arrive in pages. Columns widen as pages need it. */
export class TableWriter<R> {
	readonly #columns: readonly Column<R>[];
	#widths: number[] | undefined;

	constructor(columns: readonly Column<R>[]) {
		this.#columns = columns;
	}

	/** The rows as lines. The first page has the header. */
	lines(records: readonly R[]): string {
		if (records.length === 0) return "";
		const rows = records.map((record) => this.#columns.map((column) => printable(column.of(record) ?? "")));
		const titles = this.#columns.map(({ title }) => title.toUpperCase());
		const header = this.#widths === undefined ? [titles] : [];
		const before = this.#widths ?? titles.map(width);
		const widths = before.map((known, index) =>
			Math.max(known, ...rows.map((row) => width(row[index] ?? ""))),
		);
		this.#widths = widths;
		const line = (cells: readonly string[]) =>
			cells
				.map((cell, index) => padded(cell, widths[index] ?? 0))
				.join("  ")
				.trimEnd();
		return [...header.map((cells) => colour("bold", line(cells))), ...rows.map(line)]
			.map((text) => `${text}\n`)
			.join("");
	}
}

/** The fields of one record, a line each. Absent fields are left out. */
export function fieldsText(
	fields: ReadonlyArray<readonly [name: string, value: string | undefined]>,
): string {
	const present = fields.filter(([, value]) => value !== undefined);
	const widest = Math.max(0, ...present.map(([name]) => name.length));
	return present.map(([name, value]) => `  ${padded(name, widest)}  ${printable(value ?? "")}`).join("\n");
}

/**
 * Escapes a text that somebody else chose, so that it cannot send escape
 * sequences to the terminal or add lines and cells to the output.
 */
export function printable(text: string): string {
	return text.replace(
		/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

function padded(text: string, to: number): string {
	return text + " ".repeat(Math.max(0, to - width(text)));
}

const graphemes = new Intl.Segmenter();
/** Characters that terminals show two columns wide: emoji and East Asian wide blocks. */
const wide =
	/\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** The number of columns a text takes on a terminal. */
function width(text: string): number {
	if (/^[\x20-\x7e]*$/.test(text)) return text.length;
	let columns = 0;
	for (const { segment } of graphemes.segment(text)) columns += wide.test(segment) ? 2 : 1;
	return columns;
}
