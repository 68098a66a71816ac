import fc from "fast-check";
import { validatorOf } from "../../server/http/validators.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { valueFor } from "./arbitraries.js";
import { corpus, lostOnTheWay, NotJson } from "./corpus.js";
import { type LuauChecks, openLuauChecks } from "./luauChecks.js";

function inNode(value: unknown): unknown {
	return value instanceof NotJson ? value.node : value;
}

function shown(value: unknown): string {
	const text = value instanceof NotJson ? value.luau : JSON.stringify(value);
	return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

let luau: LuauChecks;
beforeAll(async () => {
	luau = await openLuauChecks();
});
afterAll(() => luau.close());

describe("both interpreters of the contract agree on", () => {
	test.each(corpus)("$title", async ({ shape, at, unknownFields, accepted, refused }) => {
		const values = [...accepted, ...refused];
		const validator = validatorOf(shape, { unknownFields });
		const verdicts = await luau.ask(values.map((value) => ({ shape, at, unknownFields, value })));
		const wrong = values.flatMap((value, index) => {
			const wanted = index < accepted.length;
			const node = validator.safeParse(inNode(value)).success;
			const { fits } = verdicts[index] ?? {};
			return node === wanted && fits === wanted
				? []
				: [`${shown(value)}: wanted ${wanted}, node ${node}, luau ${fits}`];
		});
		expect(wrong).toEqual([]);
	});

	test("at least 300 values, of every shape", () => {
		const count = corpus.reduce((sum, { accepted, refused }) => sum + accepted.length + refused.length, 0);
		expect(count).toBeGreaterThanOrEqual(300);
		expect(new Set(corpus.map(({ shape }) => shape.type))).toEqual(
			new Set([
				"text",
				"integer",
				"number",
				"json",
				"boolean",
				"literal",
				"choice",
				"robloxId",
				"timestamp",
				"scope",
				"list",
				"object",
				"anyOf",
			]),
		);
	});
});

test("the only values that Luau cannot distinguish are nulls at the end of a list", async () => {
	for (const { shape, value, node, luau: fits } of lostOnTheWay) {
		expect(validatorOf(shape, { unknownFields: "ignore" }).safeParse(value).success).toBe(node);
		expect(await luau.ask([{ shape, unknownFields: "ignore", value }])).toMatchObject([{ fits }]);
	}
});

describe("both interpreters of the contract agree on generated values for", () => {
	const parts = ["params", "query", "body", "response"] as const;
	const wholes = Object.values(endpoints).flatMap((endpoint: Endpoint) =>
		parts.flatMap((part) => {
			const shape = endpoint[part];
			return shape === undefined
				? []
				: [{ title: `${endpoint.name}, ${part}`, shape, at: [endpoint.name, part] as const }];
		}),
	);
	// Many responses are the same record: each shape is tested once.
	const different = wholes.filter(
		(one, index) => wholes.findIndex(({ shape }) => shape === one.shape) === index,
	);
	const simple = corpus
		.filter(({ at }) => at === undefined)
		.map(({ title, shape }) => ({ title, shape, at: undefined }));

	test.each([...simple, ...different])("$title", async ({ shape, at }) => {
		const values = fc.array(valueFor(shape), { minLength: 20, maxLength: 20, size: "max" });
		await fc.assert(
			fc.asyncProperty(
				values,
				fc.constantFrom("ignore" as const, "reject" as const),
				async (made, unknownFields) => {
					const validator = validatorOf(shape, { unknownFields });
					const verdicts = await luau.ask(made.map((value) => ({ shape, at, unknownFields, value })));
					const apart = made.filter(
						(value, index) => validator.safeParse(value).success !== verdicts[index]?.fits,
					);
					expect(apart).toEqual([]);
				},
			),
			{ numRuns: 10 },
		);
	});
});
