import { startGameServer } from "../support/roblox/gameServer.js";
import { luau } from "./luau.js";

/**
 * The SDK's modules one by one, in the Luau VM. A program is Luau that may
 * call `use("policies/retry")` for a module, finds what it was given in `input`, and
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
local function use(path)
	local module = sdk
	for _, name in string.split(path, "/") do module = module[name] end
	return require(module)
end
`;

export async function openModules(): Promise<Modules> {
	const server = await startGameServer();
	return {
		run: (program, input) => server.runToEnd(`${prologue}local input = ${luau({ input })}.input\n${program}`),
		errors: () => server.errors.map(({ message }) => message),
		close: () => server.close(),
	};
}
