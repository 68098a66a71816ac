import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { confirm } from "../../server/cli/support/confirm.js";
import { fieldsText, printable, TableWriter } from "../../server/cli/support/output.js";

interface Row {
	readonly id: string;
	readonly name?: string;
}

const columns = [
	{ title: "id", of: ({ id }: Row) => id },
	{ title: "name", of: ({ name }: Row) => name },
	{ title: "end", of: () => "." },
];

describe("a table", () => {
	it("is as wide as its cells, in the columns a terminal shows", () => {
		const rows = [
			{ id: "1", name: "Lobby" },
			{ id: "22" },
			{ id: "3", name: "日本 🎮" },
			{ id: "4", name: "Über" },
		];
		expect(new TableWriter(columns).lines(rows)).toBe(
			["ID  NAME     END", "1   Lobby    .", "22           .", "3   日本 🎮  .", "4   Über     .", ""].join(
				"\n",
			),
		);
	});

	it("has one header for any number of pages", () => {
		const table = new TableWriter(columns);
		expect(table.lines([{ id: "1", name: "Lobby" }])).toBe("ID  NAME   END\n1   Lobby  .\n");
		expect(table.lines([])).toBe("");
		expect(table.lines([{ id: "2", name: "A" }])).toBe("2   A      .\n");
	});
});

describe("texts chosen by others", () => {
	it.each([
		["\u001b]0;owned\u0007", "\\u001b]0;owned\\u0007"],
		["a\tb\nc\r\u2028", "a\\u0009b\\u000ac\\u000d\\u2028"],
		["\u202eyek", "\\u202eyek"],
		["Über 👩‍🚀", "Über 👩‍🚀"],
	])("reach a terminal without power over it: %j", (given, shown) => {
		expect(printable(given)).toBe(shown);
		expect(fieldsText([["name", given]])).toBe(`  name  ${shown}`);
	});
});

describe("asking", () => {
	async function asked(answer: string, given: { yes?: true } = {}) {
		const [input, output] = [new PassThrough(), new PassThrough()];
		input.end(answer);
		const outcome = await confirm("This deletes it.", given, { input, output }).then(
			() => "goes on",
			(error) => error.code,
		);
		output.end();
		return { outcome, said: await text(output) };
	}

	it.each([
		["y\n", "goes on"],
		["YES\n", "goes on"],
		["n\n", "declined"],
		["\n", "declined"],
		["yellow\n", "declined"],
		["", "declined"],
	])("takes %j as an answer", async (answer, outcome) => {
		const { said, ...rest } = await asked(answer);
		expect(rest).toEqual({ outcome });
		expect(said).toContain("This deletes it.\nContinue? [y/N]");
	});

	it("is skipped with --yes", async () => {
		expect(await asked("", { yes: true })).toEqual({ outcome: "goes on", said: "" });
	});
});
