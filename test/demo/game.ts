import { type GameServer, startGameServer } from "../support/roblox/gameServer.js";

/** The SDK's state in a game, from `getVerification`. */
interface GameState {
	readonly status: string;
	readonly stale: boolean;
	readonly code?: string;
}

/** A live game server with the built SDK, connected as in the README. */
export interface DemoGame {
	/** The result of `placelock:verify()` in the game. */
	verify(): Promise<{
		readonly ok: boolean;
		readonly stale?: boolean;
		readonly workspace?: string;
		readonly place?: string;
		readonly rotateBy?: string;
		readonly code?: string;
		readonly message?: string;
	}>;
	/** The states that the game's signal handler received, oldest first. */
	states(): Promise<readonly GameState[]>;
	close(): Promise<void>;
}

/**
 * Durations are short, so that the story takes seconds: a verification is fresh for
 * one second, and the module renews it every five.
 */
const connect = `
local url = ...
local Placelock = require(game:GetService("ServerScriptService").Placelock)
local placelock = Placelock.connect({
	url = url,
	key = { secret = "placelock" },
	cacheSeconds = 1,
	reverifySeconds = 5,
	timeoutSeconds = 2,
	deadlineSeconds = 3,
	maxAttempts = 2,
})
_G.placelock, _G.states = placelock, {}
placelock.verification:Connect(function(state)
	table.insert(_G.states, {
		status = state.status,
		stale = state.stale == true,
		code = state.error and state.error.code,
	})
end)
`;

const verify = `
local result = _G.placelock:verify({ fresh = ... })
if not result.ok then
	return { ok = false, code = result.error.code, message = result.error.message }
end
local value = result.value
return {
	ok = true,
	stale = result.stale == true,
	workspace = value.workspace.name,
	place = value.place.id,
	rotateBy = value.key.rotateBy,
}
`;

export async function startGame(url: string, token: string, placeId: number): Promise<DemoGame> {
	const server: GameServer = await startGameServer({ placeId, clock: "real", secrets: { placelock: token } });
	await server.run(connect, url);
	return {
		verify: async () => (await server.run(verify, true)) as Awaited<ReturnType<DemoGame["verify"]>>,
		states: async () => (await server.run("return _G.states")) as readonly GameState[],
		close: async () => {
			await server.run("_G.placelock:destroy()");
			await server.close();
		},
	};
}
