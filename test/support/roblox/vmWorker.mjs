/**
 * The worker that runs the Luau VMs. It is a worker because luau-web is an ES module
 * with a top-level await, which jest's module system cannot load, and because a
 * script that never yields can then be ended from outside.
 *
 * Only ASCII text is passed to and from Luau (see wire.luau): luau-web cuts strings
 * at a zero byte and corrupts bytes that are not UTF-8.
 */
import { parentPort } from "node:worker_threads";
import { openLuau } from "./luauWeb.mjs";

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
const vms = new Map();

/** Returns the compiled chunk, or the compiler's error as text. */
function compile(state, name, source) {
	return state.loadstring(source, `=${name}`);
}

const actions = {
	async open({ vmId, environment }) {
		const { state, free } = await openLuau();
		const [enter] = await state.loadstring(loader, "=loader", true)();
		for (const { name, source } of environment) {
			await enter("environment", name, state.loadstring(source, `=roblox/${name}`, true));
		}
		vms.set(vmId, { state, enter, free });
	},
	async step({ vmId, chunks, command }) {
		const { state, enter } = vms.get(vmId);
		for (const { name, source } of chunks) await enter("chunk", name, compile(state, name, source));
		const [outcome] = await enter("step", command);
		return outcome;
	},
	async close({ vmId }) {
		vms.get(vmId)?.free();
		vms.delete(vmId);
	},
};

// One message after the other: a VM must not be entered while it runs.
let queue = Promise.resolve();
parentPort.on("message", (message) => {
	queue = queue.then(async () => {
		try {
			parentPort.postMessage({ id: message.id, value: await actions[message.action](message) });
		} catch (error) {
			parentPort.postMessage({ id: message.id, error: String(error?.stack ?? error) });
		}
	});
});
