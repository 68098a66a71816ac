import { type FaultServer, startFaultServer } from "../support/faultServer.js";
import { type GameServer, type GameServerOptions, startGameServer } from "../support/roblox/gameServer.js";
import { verifiedResponse } from "./backend.js";
import { luauLiteral } from "./luauLiteral.js";

export const token = "plk_game_0123456789abSECRETSECRETSECRETSECRETSECRETSECR";

/** The result of a call of the SDK, after a round trip through JSON. */
export interface Result {
	ok: boolean;
	value?: any;
	fromCache?: boolean;
	stale?: boolean;
	error: {
		kind: string;
		code: string;
		message: string;
		status?: number;
		requestId?: string;
		retryAfterSeconds?: number;
		attempts: number;
	};
}

interface GameOptions {
	/** Options of `connect` other than url and key. */
	connect?: Record<string, unknown>;
	/** The key, as a Luau expression. Default: the token as a string. */
	key?: string;
	/** An address other than the backend's. */
	url?: string;
	/** Starts a separate game server with these options. Otherwise the tests of a file share one. */
	server?: GameServerOptions;
}

/** A game server whose built SDK is connected to its own backend. Times count from the connection. */
export interface Game {
	readonly server: GameServer;
	readonly backend: FaultServer;
	/** Runs Luau with `placelock` connected, and moves the clock until the script ends. */
	lua(source: string): Promise<any>;
	/** The same, but the test moves the clock. */
	start(source: string): Promise<any>;
	verify(options?: string): Promise<Result>;
	/** The current state, such as `verified (stale)`. */
	status(): Promise<string>;
	/** Every state that the signal fired with. */
	states(): Promise<string[]>;
	/** When requests reached a socket, in seconds. */
	times(): number[];
	now(): number;
	/** The lines that the module wrote to the output. */
	lines(): string[];
	/** Destroys the connection. Fails if an error was not caught or a thread is left. */
	close(): Promise<void>;
}

const prologue = "local placelock, Placelock = _G.placelock, _G.Placelock\n";
const connect = `
	_G.Placelock = require(game:GetService("ServerScriptService").Placelock)
	_G.placelock = _G.Placelock.connect(options)
	_G.states = {}
	_G.placelock.verification:Connect(function(state)
		table.insert(_G.states, state.status .. (if state.stale then " (stale)" else ""))
	end)
`;

let shared: GameServer | undefined;

afterAll(async () => {
	await shared?.close();
	shared = undefined;
});

export async function startGame(options: GameOptions = {}): Promise<Game> {
	const backend = await startFaultServer();
	backend.always(verifiedResponse());
	const own = options.server !== undefined;
	const server = own ? await startGameServer(options.server) : (shared ??= await startGameServer());
	const startedAt = server.now;
	const [errors, requests, output] = [server.errors.length, server.requests.length, server.output.length];
	const threads = (await server.alive()).threads;
	const given = luauLiteral({ ...options.connect, url: options.url ?? backend.url });
	await server
		.run(`local options = ${given}\noptions.key = ${options.key ?? `"${token}"`}\n${connect}`)
		.catch(async (error) => {
			if (own) await server.close();
			await backend.close();
			throw error;
		});
	const lua = (source: string) => server.runToEnd(prologue + source);
	const start = (source: string) => server.run(prologue + source);
	return {
		server,
		backend,
		lua,
		start,
		verify: (with_ = "") => lua(`return placelock:verify(${with_})`) as Promise<Result>,
		status: () =>
			start(
				`local s = placelock:getVerification() return s.status .. (if s.stale then " (stale)" else "")`,
			) as Promise<string>,
		states: () => start("return _G.states") as Promise<string[]>,
		times: () => server.requests.slice(requests).map(({ at }) => at - startedAt),
		now: () => server.now - startedAt,
		lines: () => server.output.slice(output).map(({ level, text }) => `${level}: ${text}`),
		async close() {
			await start("placelock:destroy()");
			const left = (await server.alive()).threads - threads;
			const uncaught = server.errors.slice(errors).map(({ message }) => message);
			if (own) await server.close();
			await backend.close();
			expect({ uncaught, left }).toEqual({ uncaught: [], left: 0 });
		},
	};
}
