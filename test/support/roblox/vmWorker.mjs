/**
 * The worker that holds the Luau machines. It is a worker because luau-web is
 * an ES module with a top-level await, which jest's module system cannot load,
 * and because a script that never yields can then be ended from outside.
 *
 * Only ASCII text crosses the border into Luau (see wire.luau): luau-web cuts
 * strings at a zero byte and mangles bytes that are not UTF-8.
 */
import { parentPort } from "node:worker_threads";
import { openMachine } from "./luauWeb.mjs";

const loader = `
local modules, loaded = {}, {}
local function use(name)
	if loaded[name] == nil then
		loaded[name] = modules[name](use)
	end
	return loaded[name]
end
return function(what, name, chunk)
	if what == "environment" then
		modules[name] = chunk
	elseif what == "chunk" then
		use("host").define(name, chunk)
	else
		return use("host").step(name)
	end
end`;

/** @type {Map<number, { state: import("luau-web").LuauState, enter: Function, free: () => void }>} */
const machines = new Map();

/** A chunk, or the compiler's complaint as text. */
function compile(state, name, source) {
	return state.loadstring(source, `=${name}`);
}

const actions = {
	async open({ machine, environment }) {
		const { state, free } = await openMachine();
		const [enter] = await state.loadstring(loader, "=loader", true)();
		for (const { name, source } of environment) {
			await enter("environment", name, state.loadstring(source, `=roblox/${name}`, true));
		}
		machines.set(machine, { state, enter, free });
	},
	async step({ machine, chunks, command }) {
		const { state, enter } = machines.get(machine);
		for (const { name, source } of chunks) await enter("chunk", name, compile(state, name, source));
		const [outcome] = await enter("step", command);
		return outcome;
	},
	async close({ machine }) {
		machines.get(machine)?.free();
		machines.delete(machine);
	},
};

// One after the other: the machine must not be entered while it is running.
let last = Promise.resolve();
parentPort.on("message", (message) => {
	last = last.then(async () => {
		try {
			parentPort.postMessage({ id: message.id, value: await actions[message.action](message) });
		} catch (error) {
			parentPort.postMessage({ id: message.id, error: String(error?.stack ?? error) });
		}
	});
});
