import { type FaultServer, startFaultServer } from "../support/faultServer.js";
import { type GameServer, type GameServerOptions, startGameServer } from "../support/roblox/gameServer.js";
import { yes } from "./backend.js";
import { luau } from "./luau.js";

export const token = "plk_game_0123456789abSECRETSECRETSECRETSECRETSECRETSECR";

/** What a call of the SDK returned, as JSON carries it. */
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

export interface GameOptions {
	/** Options of connect beside url and key. */
	connect?: Record<string, unknown>;
	/** The key, in Luau; the token as a string by default. */
	key?: string;
	/** Another address than the backend's. */
	url?: string;
	/** A game server of its own, with these options. Without them the tests of a file share one. */
	server?: GameServerOptions;
}

/** A game server with the built SDK connected to a backend of its own. Times count from the connection. */
export interface Game {
	readonly server: GameServer;
	readonly backend: FaultServer;
	/** Runs Luau with `placelock` connected, moving the clock as far as the script needs. */
	lua(source: string): Promise<any>;
	/** The same, but the clock is the test's to move. */
	start(source: string): Promise<any>;
	verify(options?: string): Promise<Result>;
	/** The state known now, such as `verified (stale)`. */
	status(): Promise<string>;
	/** Every state the signal told of. */
	states(): Promise<string[]>;
	/** The seconds at which requests reached a socket. */
	times(): number[];
	now(): number;
	/** What the module wrote. */
	lines(): string[];
	/** Destroys the connection, and fails if an error went uncaught or a thread was left behind. */
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
	backend.always(yes());
	const own = options.server !== undefined;
	const server = own ? await startGameServer(options.server) : (shared ??= await startGameServer());
	const startedAt = server.now;
	const [errors, requests, output] = [server.errors.length, server.requests.length, server.output.length];
	const threads = (await server.alive()).threads;
	const given = luau({ ...options.connect, url: options.url ?? backend.url });
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
