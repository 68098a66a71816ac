import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readImportFile } from "../../server/cli/key/importFile.js";
import { importColumns } from "../../server/cli/key/importRow.js";

const folder = mkdtempSync(join(tmpdir(), "placelock-import-"));
const file = join(folder, "keys.csv");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (content: string | Buffer) => {
	writeFileSync(file, content);
	return readImportFile(file);
};
const header = "name,digest,prefix,kind";

/** A cell as in RFC 4180, quoted when necessary, or always. */
const written = (cell: string, quoted: boolean) =>
	quoted || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const cell = fc.record({
	text: fc.oneof(
		fc.string({ unit: "grapheme", maxLength: 8 }),
		fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "a", " ", ";"), maxLength: 8 }),
	),
	quoted: fc.boolean(),
});

describe("an import file", () => {
	it("returns every cell and the line of every row, in every notation", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.shuffledSubarray([...importColumns], { minLength: importColumns.length }),
				fc.array(fc.array(cell, { minLength: importColumns.length, maxLength: importColumns.length }), {
					maxLength: 5,
				}),
				fc.constantFrom("\n", "\r\n"),
				fc.boolean(),
				fc.boolean(),
				async (columns, rows, end, mark, lastEnd) => {
					const lines = rows.map((cells) => cells.map(({ text, quoted }) => written(text, quoted)).join(","));
					const content = [columns.join(","), ...lines].join(end) + (lastEnd ? end : "");
					let line = 2;
					const expected = rows.map((cells, index) => {
						const at = line;
						line += (lines[index] ?? "").split("\n").length;
						const named = cells.flatMap(({ text }, column) =>
							text.trim() === "" ? [] : [[columns[column] ?? "", text.trim()] as const],
						);
						return { line: at, cells: Object.fromEntries(named) };
					});
					expect(await read((mark ? "\ufeff" : "") + content)).toEqual({ rows: expected, rejected: [] });
				},
			),
			{ numRuns: 150 },
		);
	});

	it("always yields rows or a failure with a reason, for any bytes", async () => {
		const bytes = fc.uint8Array({ maxLength: 60 }).map((some) => Buffer.from(some));
		await fc.assert(
			fc.asyncProperty(bytes, fc.boolean(), async (content, good) => {
				const outcome = await read(
					good ? Buffer.concat([Buffer.from(`${header}\n`), content]) : content,
				).catch((error: { code?: string }) => error.code);
				expect(typeof outcome === "object" || outcome === "file_invalid").toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	it("skips empty lines, but counts them", async () => {
		const { rows } = await read(`${header}\n\na,b,c,d\n\n\ne,f,g,h\n`);
		expect(rows.map(({ line }) => line)).toEqual([3, 6]);
	});

	it("rejects rows with too many or too few cells, each alone", async () => {
		const { rows, rejected } = await read(`${header}\na,b,c\na,b,c,d\na,b,c,d,e\n`);
		expect(rows.map(({ line }) => line)).toEqual([3]);
		expect(rejected).toEqual([
			{ line: 2, message: "has 3 cells, but the first row has 4" },
			{ line: 4, message: "has 5 cells, but the first row has 4" },
		]);
	});

	it.each([
		["", "it is empty"],
		["name,digest\n", "prefix is missing\n  kind is missing"],
		[`${header},places\n`, 'column 5 ("places") is unknown; the columns are name, digest'],
		[`${header},name\n`, "name appears more than once"],
		["name;digest;prefix;kind\n", "its cells are separated by semicolons; save it with commas"],
		[`${header}\na,"b,c,d\n`, "a quote is not closed"],
		[`${header}\na,"b"x,c,d\n`, "a quote is closed before the end of its cell, about line 2"],
		[`${header}\na,b"x",c,d\n`, "a quote appears inside a cell"],
		[`${header}\na,"${"x\n".repeat(40_000)}`, "a row is longer than 65536 bytes"],
	])("%j is rejected as a whole, with a reason", async (content, reason) => {
		await expect(read(content)).rejects.toMatchObject({
			exitCode: 1,
			message: expect.stringContaining(reason),
		});
	});

	it("without column names is rejected without quoting what may be keys", async () => {
		const digest = "ab".repeat(32);
		await expect(read(`Main,${digest},old_,game\n`)).rejects.toMatchObject({
			message: expect.not.stringContaining(digest),
		});
	});

	it("that does not exist is invalid usage", async () => {
		await expect(readImportFile(join(folder, "none.csv"))).rejects.toMatchObject({
			exitCode: 64,
			message: expect.stringContaining("<file> cannot be read: ENOENT"),
		});
	});
});
