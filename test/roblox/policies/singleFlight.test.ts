import { type Modules, openModules } from "../modules.js";

describe("work that throws", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	test("is told to everyone who waits for it, and holds up no later call", async () => {
		const told = await modules.run(`
			local flight = use("policies/singleFlight").createSingleFlight(function(thrown) return thrown end)
			local told = {}
			local function ask(work)
				task.spawn(function() table.insert(told, flight:run("one", work)) end)
			end
			ask(function() task.wait(1) error("broken", 0) end)
			ask(function() return "joined" end)
			task.wait(2)
			ask(function() return "later" end)
			return told`);
		expect(told).toEqual(["broken", "broken", "later"]);
	});

	test("ends what a life waits for at once, with what was thrown", async () => {
		const finished = await modules.run(`
			local life = use("taskScope").createLife()
			local began = os.clock()
			local finished = life:finish(function() error("broken", 0) end, 10)
			return { finished.how, finished.thrown, os.clock() - began }`);
		expect(finished).toEqual(["threw", "broken", 0]);
		expect(modules.errors()).toEqual([]);
	});
});
