import { startGameServer } from "../support/roblox/gameServer.js";
import { luauLiteral } from "./luauLiteral.js";

/**
 * The SDK's modules one by one, in the Luau VM. A program is Luau: it gets a module
 * with `use("policies/retry")`, its argument in `input`, and returns a value that
 * JSON can hold.
 */
export interface Modules {
	run(program: string, input?: unknown): Promise<unknown>;
	/** The errors that no thread caught. */
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
		run: (program, input) =>
			server.runToEnd(`${prologue}local input = ${luauLiteral({ input })}.input\n${program}`),
		errors: () => server.errors.map(({ message }) => message),
		close: () => server.close(),
	};
}
