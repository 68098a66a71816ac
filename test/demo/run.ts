import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type DemoGame, startGame } from "./game.js";
import { operatorOf } from "./operator.js";

/**
 * `npm run demo`: the whole story with nothing made up. The server is the one
 * `npm start` runs, the games run the SDK as it is built for Roblox, and every
 * step is checked: the demo ends with 0 only if each of them happened.
 */
const placeId = 123456;
const otherPlaceId = 987654;

const startedAt = performance.now();

function say(text: string): void {
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(2).padStart(6);
	process.stdout.write(`${seconds} s  ${text}\n`);
}

/** Says what happened and how long it took; ends the demo when it did not. */
async function step<T>(
	title: string,
	happen: () => Promise<T>,
	tell: (value: T) => string | undefined,
): Promise<T> {
	const from = performance.now();
	const value = await happen();
	const told = tell(value);
	if (told === undefined)
		throw new Error(`${title}: it did not happen. What came instead: ${JSON.stringify(value)}`);
	say(`✓ ${title}: ${told} (${Math.round(performance.now() - from)} ms)`);
	return value;
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "placelock-demo-"));
	const operator = operatorOf(folder);
	const games: DemoGame[] = [];
	let server: ListeningProcess | undefined;
	// The secret is made by the first start, as for any operator without configuration.
	const start = (port: string) => startProcess({ PORT: port, PLACELOCK_SECRET: "" }, folder);
	try {
		server = await step(
			"The server starts on a new database",
			() => start("0"),
			({ origin }) => origin,
		);
		const { origin } = server;
		const port = new URL(origin).port;
		const made = await step(
			"A workspace, a place and a key are made beside it",
			() => operator.quickstart(placeId),
			({ workspaceId, keyId }) => `workspace ${workspaceId}, key ${keyId}, place ${placeId}`,
		);
		const adminToken = await operator.adminToken();

		const game = await startGame(origin, made.token, placeId);
		games.push(game);
		await step(
			`A game server of place ${placeId} asks whether its key is good`,
			() => game.verify(),
			({ ok, workspace, place }) => (ok ? `verified, workspace "${workspace}", place ${place}` : undefined),
		);

		const stranger = await startGame(origin, made.token, otherPlaceId);
		games.push(stranger);
		await step(
			`The same key is used in place ${otherPlaceId}`,
			() => stranger.verify(),
			({ ok, code }) => (!ok && code === "place_not_allowed" ? `refused, ${code}` : undefined),
		);

		server.child.kill("SIGTERM");
		await step(
			"The backend goes away",
			() => server?.ended ?? Promise.reject(new Error("no server")),
			({ code }) => (code === 0 ? "it closed in order" : undefined),
		);
		await step(
			"The game asks all the same",
			() => game.verify(),
			({ ok, stale }) => (ok && stale ? "still verified, as stale" : undefined),
		);

		server = await step(
			"The backend comes back",
			() => start(port),
			({ origin }) => origin,
		);
		await step(
			"The game notices",
			() =>
				waitFor(
					"a fresh verification",
					async () => {
						const result = await game.verify();
						return result.ok && !result.stale ? result : undefined;
					},
					30_000,
				),
			() => "verified, fresh",
		);

		const rotated = await step(
			"The operator rotates the key, with an hour of overlap",
			() => operator.changeKey(origin, adminToken, made.keyId, "rotate"),
			({ token }) => (token !== undefined && token !== made.token ? "a new token" : undefined),
		);
		await step(
			"The game still uses the old token",
			() => game.verify(),
			({ ok, rotateBy }) =>
				ok && rotateBy !== undefined ? `verified, and told to rotate by ${rotateBy}` : undefined,
		);
		const renewed = await startGame(origin, rotated.token ?? "", placeId);
		games.push(renewed);
		await step(
			"A new game server uses the new token",
			() => renewed.verify(),
			({ ok, rotateBy }) => (ok && rotateBy === undefined ? "verified" : undefined),
		);

		await step(
			"The operator revokes the key",
			() => operator.changeKey(origin, adminToken, made.keyId, "revoke"),
			() => "revoked",
		);
		await step(
			"Both games are told, without having asked",
			() =>
				waitFor(
					"both games to be told",
					async () => {
						const told = await Promise.all([game.told(), renewed.told()]);
						const last = told.map((states) => states.at(-1));
						return last.every((state) => state?.status === "denied") ? last : undefined;
					},
					20_000,
				),
			(last) => (last.every((state) => state?.code === "key_revoked") ? "denied, key_revoked" : undefined),
		);
		say("Every step happened.");
	} finally {
		for (const game of games) await game.close();
		await server?.kill();
		rmSync(folder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
});
