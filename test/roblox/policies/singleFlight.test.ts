import { type Modules, openModules } from "../modules.js";

describe("work that throws", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	test("is reported to all callers that wait for it, and does not block later calls", async () => {
		const received = await modules.run(`
			local flight = use("policies/singleFlight").createSingleFlight(function(thrown) return thrown end)
			local received = {}
			local function ask(work)
				task.spawn(function() table.insert(received, flight:run("one", work)) end)
			end
			ask(function() task.wait(1) error("broken", 0) end)
			ask(function() return "joined" end)
			task.wait(2)
			ask(function() return "later" end)
			return received`);
		expect(received).toEqual(["broken", "broken", "later"]);
	});

	test("ends the wait of a task scope immediately, with what was thrown", async () => {
		const outcome = await modules.run(`
			local scope = use("taskScope").createTaskScope()
			local startedAt = os.clock()
			local outcome = scope:runWithTimeout(function() error("broken", 0) end, 10)
			return { outcome.how, outcome.thrown, os.clock() - startedAt }`);
		expect(outcome).toEqual(["threw", "broken", 0]);
		expect(modules.errors()).toEqual([]);
	});
});
