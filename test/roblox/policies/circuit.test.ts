import { type Modules, openModules } from "../modules.js";

/**
 * Runs steps against a circuit whose jitter is at its maximum: `fail:<kind>`, `fail:<kind>:<status>` and `ok`
 * record how a call ended, a number moves the clock, and `admit` asks to make a call.
 */
const play = `
	local circuit = use("policies/circuit").createCircuit({
		random = function() return 1 end,
		trialSeconds = 11,
		healthOf = use("policies/circuit")[input.healthOf],
	})
	local now, seen, trial = 0, {}, false
	for _, step in input.steps do
		if type(step) == "number" then
			now += step
		elseif step == "admit" then
			local admission = circuit:admit(now)
			trial = trial or admission.as == "trial"
			table.insert(seen, if admission.as == "rejected" then "rejected " .. admission.err.code else admission.as)
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
	const run = (...steps: Array<string | number>) =>
		modules.run(play, { steps, healthOf: "healthFromEndpoint" });
	const runRoutes = (...steps: Array<string | number>) =>
		modules.run(play, { steps, healthOf: "healthFromRoute" });

	test("admits calls until five in a row have failed", async () => {
		expect(await run(...fails(4), "admit", ...fails(1), "admit")).toEqual(["call", "rejected fail:network"]);
	});

	test("starts counting again after a success", async () => {
		expect(await run(...fails(4), "ok", ...fails(4), "admit")).toEqual(["call"]);
	});

	test.each(["denied", "invalid"])(
		"takes a response of kind %s as proof that the backend works",
		async (kind) => {
			expect(await run(...fails(4), ...fails(1, kind), ...fails(4), "admit")).toEqual(["call"]);
		},
	);

	test.each(["configuration", "limited", "budget", "destroyed"])(
		"learns nothing about the backend from a failure of kind %s",
		async (kind) => {
			expect(await run(...fails(20, kind), "admit")).toEqual(["call"]);
			expect(await run(...fails(4), ...fails(3, kind), ...fails(1), "admit")).toEqual([
				"rejected fail:network",
			]);
		},
	);

	test("admits one trial per backoff step, with steps that double up to eight seconds", async () => {
		const steps: Array<string | number> = [...fails(5)];
		for (const step of [0.5, 1, 2, 4, 8, 8, 8])
			steps.push(step - 0.125, "admit", 0.125, "admit", "admit", "fail:server");
		const each = ["rejected", "trial", "rejected"];
		const seen = (await run(...steps)) as string[];
		expect(seen.map((admission) => admission.split(" ")[0])).toEqual(Array(7).fill(each).flat());
	});

	test("rejects calls with the error of the newest trial", async () => {
		expect(await run(...fails(5), 0.5, "admit", "fail:server", "admit")).toEqual([
			"trial",
			"rejected fail:server",
		]);
	});

	test("admits no second trial while the first hangs, however many steps that takes", async () => {
		const rejected = "rejected fail:network";
		expect(await run(...fails(5), 0.5, "admit", 0.4, "admit", 5, "admit", 5, "admit")).toEqual([
			"trial",
			rejected,
			rejected,
			rejected,
		]);
	});

	test("gives up a trial that has not ended in the time a request can take", async () => {
		expect(await run(...fails(5), 0.5, "admit", 11.1, "admit", "admit")).toEqual([
			"trial",
			"trial",
			"rejected fail:network",
		]);
	});

	test("admits the next trial after one that proved nothing", async () => {
		expect(await run(...fails(5), 0.5, "admit", "fail:budget", 0.6, "admit")).toEqual(["trial", "trial"]);
	});

	test("closes on a rate limit of the server, which is a response", async () => {
		expect(await run(...fails(5), 0.5, "admit", "fail:limited:429", "admit")).toEqual(["trial", "call"]);
	});

	test.each(["network", "server:502", "server:503", "server:504"])(
		"of routes opens after five failures of kind %s",
		async (kind) => {
			expect(await runRoutes(...fails(5, kind), "admit")).toEqual([`rejected fail:${kind}`]);
		},
	);

	test.each(["server:500", "server:501", "invalid:404", "protocol:304", "protocol"])(
		"of routes stays closed when a route fails with %s",
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
