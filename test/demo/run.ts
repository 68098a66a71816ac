import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type DemoGame, startGame } from "./game.js";
import { operatorOf } from "./operator.js";

/**
 * `npm run demo`: the whole story, with nothing simulated but Roblox. The server
 * is the one that `npm start` runs, and the games run the SDK as it is built for
 * Roblox. Every step is checked: the demo exits with 0 only if all of them happened.
 */
const placeId = 123456;
const otherPlaceId = 987654;

const startedAt = performance.now();

function print(text: string): void {
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(2).padStart(6);
	process.stdout.write(`${seconds} s  ${text}\n`);
}

/** Runs a step and prints its outcome and duration. Throws if `describe` returns undefined: the step failed. */
async function step<T>(
	title: string,
	run: () => Promise<T>,
	describe: (value: T) => string | undefined,
): Promise<T> {
	const began = performance.now();
	const value = await run();
	const outcome = describe(value);
	if (outcome === undefined) throw new Error(`${title}: failed with ${JSON.stringify(value)}`);
	print(`✓ ${title}: ${outcome} (${Math.round(performance.now() - began)} ms)`);
	return value;
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "placelock-demo-"));
	const operator = operatorOf(folder);
	const games: DemoGame[] = [];
	let server: ListeningProcess | undefined;
	// The first start creates the secret, as it does for any operator without configuration.
	const start = (port: string) => startProcess({ PORT: port, PLACELOCK_SECRET: "" }, folder);
	try {
		server = await step(
			"The server starts on a new database",
			() => start("0"),
			({ origin }) => origin,
		);
		const { origin } = server;
		const port = new URL(origin).port;
		const created = await step(
			"The command line creates a workspace, a place and a key",
			() => operator.quickstart(placeId),
			({ workspaceId, keyId }) => `workspace ${workspaceId}, key ${keyId}, place ${placeId}`,
		);
		const adminToken = await operator.adminToken();

		const game = await startGame(origin, created.token, placeId);
		games.push(game);
		await step(
			`A game server of place ${placeId} verifies its key`,
			() => game.verify(),
			({ ok, workspace, place }) => (ok ? `verified, workspace "${workspace}", place ${place}` : undefined),
		);

		const otherGame = await startGame(origin, created.token, otherPlaceId);
		games.push(otherGame);
		await step(
			`A game server of place ${otherPlaceId} uses the same key`,
			() => otherGame.verify(),
			({ ok, code }) => (!ok && code === "place_not_allowed" ? `denied, ${code}` : undefined),
		);

		server.child.kill("SIGTERM");
		await step(
			"The backend stops",
			() => server?.ended ?? Promise.reject(new Error("no server")),
			({ code }) => (code === 0 ? "cleanly" : undefined),
		);
		await step(
			"The game verifies again",
			() => game.verify(),
			({ ok, stale }) => (ok && stale ? "still verified (stale)" : undefined),
		);

		server = await step(
			"The backend starts again",
			() => start(port),
			({ origin }) => origin,
		);
		await step(
			"The game verifies once more",
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
			"The operator rotates the key with one hour of overlap",
			() => operator.changeKey(origin, adminToken, created.keyId, "rotate"),
			({ token }) => (token !== undefined && token !== created.token ? "a new token" : undefined),
		);
		await step(
			"The game still uses the old token",
			() => game.verify(),
			({ ok, rotateBy }) => (ok && rotateBy !== undefined ? `verified, rotate by ${rotateBy}` : undefined),
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
			() => operator.changeKey(origin, adminToken, created.keyId, "revoke"),
			() => "revoked",
		);
		await step(
			"Both games notice without a request of their own",
			() =>
				waitFor(
					"both games to notice",
					async () => {
						const states = await Promise.all([game.states(), renewed.states()]);
						const last = states.map((each) => each.at(-1));
						return last.every((state) => state?.status === "denied") ? last : undefined;
					},
					20_000,
				),
			(last) => (last.every((state) => state?.code === "key_revoked") ? "denied, key_revoked" : undefined),
		);
		print("All steps passed.");
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
