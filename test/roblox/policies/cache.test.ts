import fc from "fast-check";
import { type Modules, openModules } from "../modules.js";

type Step =
	| { do: "read"; key: string; after: number }
	| { do: "write"; key: string; value: number; fresh: number; maxAge: number; after: number }
	| { do: "delete"; key: string; after: number };

const keys = fc.constantFrom("a", "b", "c", "d", "e");
const after = fc.integer({ min: 0, max: 5 });
const steps: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant("read" as const), key: keys, after }),
	fc.record({
		do: fc.constant("write" as const),
		key: keys,
		value: fc.integer({ min: 0, max: 1000 }),
		fresh: fc.integer({ min: 0, max: 10 }),
		maxAge: fc.integer({ min: 0, max: 20 }),
		after,
	}),
	fc.record({ do: fc.constant("delete" as const), key: keys, after }),
);

const play = `
	local cache = use("policies/cache").createCache(input.maxEntries)
	local now, seen = 0, {}
	for index, step in input.steps do
		now += step.after
		if step["do"] == "read" then
			local entry = cache:read(step.key, now)
			seen[index] = if entry == nil then "gone" elseif entry.fresh then "fresh " .. entry.value else "stale " .. entry.value
		elseif step["do"] == "write" then
			cache:write(step.key, step.value, now, step.fresh, step.maxAge)
			seen[index] = "size " .. cache:size()
		else
			cache:delete(step.key)
			seen[index] = "size " .. cache:size()
		end
	end
	return seen
`;

/** A model of the cache, using that a Map keeps its keys in insertion order. */
function expected(maxEntries: number, all: readonly Step[]): string[] {
	const slots = new Map<string, { value: number; freshUntil: number; expiresAt: number }>();
	let now = 0;
	return all.map((step) => {
		now += step.after;
		const slot = slots.get(step.key);
		if (step.do === "delete") {
			slots.delete(step.key);
			return `size ${slots.size}`;
		}
		slots.delete(step.key);
		if (step.do === "read") {
			if (slot === undefined || now >= slot.expiresAt) return "gone";
			slots.set(step.key, slot);
			return `${now < slot.freshUntil ? "fresh" : "stale"} ${slot.value}`;
		}
		if (slots.size >= maxEntries) slots.delete([...slots.keys()][0] as string);
		slots.set(step.key, {
			value: step.value,
			freshUntil: now + step.fresh,
			expiresAt: now + Math.max(step.fresh, step.maxAge),
		});
		return `size ${slots.size}`;
	});
}

describe("the cache", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	test("keeps the most recently used entries up to its bound, fresh first, then stale, then gone", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 4 }),
				fc.array(steps, { minLength: 1, maxLength: 60 }),
				async (maxEntries, all) => {
					expect(await modules.run(play, { maxEntries, steps: all })).toEqual(expected(maxEntries, all));
				},
			),
			{ numRuns: 150 },
		);
	});
});
