import { join } from "node:path";
import { commandLine, type Services } from "../server/core/context.js";
import { Problem } from "../server/core/problem.js";
import { issueKey } from "../server/keys/issueKey.js";
import { allowPlace } from "../server/places/changePlace.js";
import { systemClock } from "../server/primitives/clock.js";
import { generateToken, newKeyId, type ServerSecrets } from "../server/secrets/token.js";
import { openStore } from "../server/storage/openStore.js";
import { Connection } from "../server/storage/sqlite/connection.js";
import { keyRows } from "../server/storage/sqlite/rows.js";
import { insertInto } from "../server/storage/sqlite/statements.js";
import { createWorkspace } from "../server/workspaces/changeWorkspace.js";

/** The keys of a measured server: real ones, created by the server's own code. */

export const placeId = "920587237";
export const serverSecrets: ServerSecrets = {
	current: "a secret for benchmarks only that has 32 bytes or more",
	retired: [],
};

export interface StoreChoice {
	readonly mongodbUri?: string;
	readonly dataDir: string;
}

/** Creates a workspace with one place and `count` game keys. Returns their tokens and the workspace's ID. */
export async function issueKeys(
	choice: StoreChoice,
	count: number,
): Promise<{ workspaceId: string; tokens: string[] }> {
	const store = await openStore(choice, systemClock);
	const services: Services = { store, clock: systemClock, secrets: serverSecrets, invalidate: () => {} };
	const workspace = await createWorkspace(services, { name: "Benchmark", maxKeys: 100_000 }, commandLine);
	if (workspace instanceof Problem) throw new Error(`No workspace could be created: ${workspace.code}`);
	await allowPlace(services, { workspaceId: workspace.id, id: placeId }, commandLine);
	const tokens: string[] = [];
	for (let created = 0; created < count; created++) {
		const input = {
			kind: "game",
			workspaceId: workspace.id,
			name: `Key ${created}`,
			scopes: ["bans.read"],
		} as const;
		const issued = await issueKey(services, input, commandLine);
		if (issued instanceof Problem) throw new Error(`No key could be issued: ${issued.code}`);
		tokens.push(issued.token);
	}
	await store.close();
	return { workspaceId: workspace.id, tokens };
}

/** Adds `count` more keys to the embedded database in one transaction. Returns the tokens of the last `keep`. */
export async function fillKeys(
	dataDir: string,
	workspaceId: string,
	count: number,
	keep: number,
): Promise<string[]> {
	const connection = new Connection(join(dataDir, "placelock.db"));
	const insert = insertInto(connection, "keys", keyRows);
	const tokens: string[] = [];
	await connection.write(() => {
		for (let created = 0; created < count; created++) {
			const id = newKeyId();
			const { token, digest } = generateToken("game", id, serverSecrets);
			const now = systemClock.now();
			const key = { id, workspaceId, kind: "game", name: `Key ${id}`, scopes: ["bans.read"] } as const;
			insert({ ...key, placeIds: [], allowedIps: [], digest, createdAt: now, updatedAt: now });
			if (created >= count - keep) tokens.push(token);
		}
	});
	await connection.close();
	return tokens;
}
