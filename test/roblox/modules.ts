import { startGameServer } from "../support/roblox/gameServer.js";
import { luau } from "./luau.js";

/**
 * The SDK's modules one by one, in the Luau VM. A program is Luau that may
 * call `use("retry")` for a module, finds what it was given in `input`, and
 * returns what JSON can carry.
 */
export interface Modules {
	run(program: string, input?: unknown): Promise<unknown>;
	/** Errors that no thread caught. */
	errors(): string[];
	close(): Promise<unknown>;
}

const prologue = `
local sdk = game:GetService("ServerScriptService").Placelock
local function use(name) return require(sdk[name]) end
`;

export async function openModules(): Promise<Modules> {
	const server = await startGameServer();
	return {
		run: (program, input) => server.runToEnd(`${prologue}local input = ${luau({ input })}.input\n${program}`),
		errors: () => server.errors.map(({ message }) => message),
		close: () => server.close(),
	};
}
