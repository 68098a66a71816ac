import { type Modules, openModules } from "../modules.js";

/**
 * Plays a story to a circuit whose jitter is at its longest: `fail:<kind>` or `fail:<kind>:<status>` and `ok`
 * record how a call ended, a number moves the clock, `admit` asks.
 */
const play = `
	local circuit = use("policies/circuit").createCircuit({
		random = function() return 1 end,
		trialSeconds = 11,
		verdictOf = use("policies/circuit")[input.verdict],
	})
	local now, seen, trial = 0, {}, false
	for _, step in input.story do
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
			local parts = string.split(step, ":")
			local err = { kind = parts[2], status = tonumber(parts[3]), code = step }
			circuit:record({ ok = false, error = err }, trial, now)
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
	const run = (...story: Array<string | number>) =>
		modules.run(play, { story, verdict: "verdictOnContract" });
	const runRoutes = (...story: Array<string | number>) =>
		modules.run(play, { story, verdict: "verdictOnRoutes" });

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

	test("lets no second trial out while the first hangs, however many steps that takes", async () => {
		const refused = "refused fail:network";
		expect(await run(...fails(5), 0.5, "admit", 0.4, "admit", 5, "admit", 5, "admit")).toEqual([
			"trial",
			refused,
			refused,
			refused,
		]);
	});

	test("takes a trial for lost that has not ended in the time a request can take", async () => {
		expect(await run(...fails(5), 0.5, "admit", 11.1, "admit", "admit")).toEqual([
			"trial",
			"trial",
			"refused fail:network",
		]);
	});

	test("lets the next trial out after one that proved nothing", async () => {
		expect(await run(...fails(5), 0.5, "admit", "fail:budget", 0.6, "admit")).toEqual(["trial", "trial"]);
	});

	test("takes a rate limit of the server's for an answer, and closes", async () => {
		expect(await run(...fails(5), 0.5, "admit", "fail:limited:429", "admit")).toEqual(["trial", "call"]);
	});

	test.each(["network", "server:502", "server:503", "server:504"])(
		"of routes opens after five failures of %s",
		async (kind) => {
			expect(await runRoutes(...fails(5, kind), "admit")).toEqual([`refused fail:${kind}`]);
		},
	);

	test.each(["server:500", "server:501", "invalid:404", "protocol:304", "protocol"])(
		"of routes stays closed when a route answers %s",
		async (kind) => {
			expect(await runRoutes(...fails(20, kind), "admit")).toEqual(["call"]);
		},
	);

	test("closes at the first success", async () => {
		expect(await run(...fails(5), 0.5, "admit", "ok", "admit", ...fails(4), "admit")).toEqual([
			"trial",
			"call",
			"call",
		]);
	});
});
