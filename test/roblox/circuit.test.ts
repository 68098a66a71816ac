import { type Modules, openModules } from "./modules.js";

/**
 * Plays a story to a circuit whose jitter is at its longest: `fail:<kind>` and `ok`
 * record how a call ended, a number moves the clock, `admit` asks.
 */
const play = `
	local circuit = use("circuit").createCircuit(function() return 1 end)
	local now, seen, trial = 0, {}, false
	for _, step in input do
		if type(step) == "number" then
			now += step
		elseif step == "admit" then
			local admission = circuit:admit(now)
			trial = trial or admission.as == "trial"
			table.insert(seen, if admission.as == "refused" then "refused " .. admission.err.code else admission.as)
		elseif step == "ok" then
			circuit:record({ ok = true }, trial, now)
			trial = false
		else
			circuit:record({ ok = false, error = { kind = string.split(step, ":")[2], code = step } }, trial, now)
			trial = false
		end
	end
	return seen
`;

describe("the circuit", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const fails = (count: number, kind = "network") => Array<string>(count).fill(`fail:${kind}`);
	const run = (...story: Array<string | number>) => modules.run(play, story);

	test("lets calls through until five in a row have failed", async () => {
		expect(await run(...fails(4), "admit", ...fails(1), "admit")).toEqual(["call", "refused fail:network"]);
	});

	test("starts to count anew after a success", async () => {
		expect(await run(...fails(4), "ok", ...fails(4), "admit")).toEqual(["call"]);
	});

	test.each(["denied", "invalid"])(
		"takes an answer of kind %s as proof that the backend works",
		async (kind) => {
			expect(await run(...fails(4), ...fails(1, kind), ...fails(4), "admit")).toEqual(["call"]);
		},
	);

	test.each(["configuration", "limited", "budget", "destroyed"])(
		"learns nothing about the backend from a failure of kind %s",
		async (kind) => {
			expect(await run(...fails(20, kind), "admit")).toEqual(["call"]);
			expect(await run(...fails(4), ...fails(3, kind), ...fails(1), "admit")).toEqual([
				"refused fail:network",
			]);
		},
	);

	test("lets one trial through per back-off step, the steps doubling to eight seconds", async () => {
		const story: Array<string | number> = [...fails(5)];
		for (const step of [0.5, 1, 2, 4, 8, 8, 8])
			story.push(step - 0.125, "admit", 0.125, "admit", "admit", "fail:server");
		const each = ["refused", "trial", "refused"];
		const seen = (await run(...story)) as string[];
		expect(seen.map((answer) => answer.split(" ")[0])).toEqual(Array(7).fill(each).flat());
	});

	test("tells those it refuses the error of the newest trial", async () => {
		expect(await run(...fails(5), 0.5, "admit", "fail:server", "admit")).toEqual([
			"trial",
			"refused fail:server",
		]);
	});

	test("does not let a second trial out while the first hangs within its step", async () => {
		expect(await run(...fails(5), 0.5, "admit", 0.4, "admit")).toEqual(["trial", "refused fail:network"]);
	});

	test("closes at the first success", async () => {
		expect(await run(...fails(5), 0.5, "admit", "ok", "admit", ...fails(4), "admit")).toEqual([
			"trial",
			"call",
			"call",
		]);
	});
});
