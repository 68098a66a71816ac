import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { type App, createApp } from "../../server/boot/app.js";
import { addressList } from "../../server/isomorphic/addresses.js";
import type { PlaceProof } from "../../server/model/placeProof.js";
import { type Clock, systemClock } from "../../server/primitives/clock.js";
import type { ServerSecrets } from "../../server/secrets/token.js";
import { openStore } from "../../server/storage/openStore.js";
import { type CallOptions, call, type TestResponse } from "./call.js";
import { createSeed, type Seed, testSecrets } from "./seed.js";
import { type WatchedStore, watchStore } from "./watchedStore.js";

export interface ServerOptions {
	/** The suite's own MongoDB; absent: an embedded file. */
	readonly mongodbUri?: string;
	/** The folder of the embedded file, for servers that share one; absent: a new folder, deleted by `close`. */
	readonly dataDir?: string;
	readonly settings?: {
		readonly placeProof?: PlaceProof;
		readonly trustedProxies?: readonly string[];
		readonly robloxNetworks?: readonly string[];
		readonly publicUrl?: string;
	};
	readonly clock?: Clock;
	readonly secrets?: ServerSecrets;
	readonly fastPath?: boolean;
	/** The lowest level that is logged; absent: debug. */
	readonly logLevel?: "debug" | "info" | "warn";
	/** The folder of a built dashboard; absent: this project's. */
	readonly dashboardFolder?: string;
	/** The Roblox model to download; absent: this project's. */
	readonly modelFile?: string;
}

/** A server in this process, on a loopback port of its own. It runs no timers: tests call what they need of `app`. */
export interface TestServer extends Seed {
	readonly app: App;
	readonly port: number;
	/** `http://127.0.0.1:port` */
	readonly origin: string;
	readonly store: WatchedStore;
	/** Every line logged, as parsed JSON. */
	readonly logs: ReadonlyArray<Record<string, unknown>>;
	call(method: string, path: string, options?: CallOptions): Promise<TestResponse>;
	/** Verifies as a game server in the place would. */
	verify(token: string, robloxId: string, options?: CallOptions): Promise<TestResponse>;
	close(): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
	const { mongodbUri, clock = systemClock, secrets = testSecrets, settings = {} } = options;
	const temporary = options.dataDir ?? mkdtempSync(join(tmpdir(), "placelock-server-"));
	const store = watchStore(await openStore({ mongodbUri, dataDir: temporary }, clock));
	const logs: Record<string, unknown>[] = [];
	const logger = pino(
		{ level: options.logLevel ?? "debug", base: null },
		{ write: (line: string) => logs.push(JSON.parse(line)) },
	);
	const app = await createApp({
		store,
		clock,
		secrets,
		logger,
		fastPath: options.fastPath,
		dashboardFolder: options.dashboardFolder,
		modelFile: options.modelFile,
		settings: {
			placeProof: settings.placeProof ?? "header",
			publicUrl: settings.publicUrl,
			trustedProxies: addressList(settings.trustedProxies ?? []),
			robloxNetworks: addressList(settings.robloxNetworks ?? []),
		},
	});
	await new Promise<void>((resolve) => app.server.listen(0, "127.0.0.1", resolve));
	const { port } = app.server.address() as AddressInfo;
	const origin = `http://127.0.0.1:${port}`;
	return {
		...createSeed(store, clock, secrets),
		app,
		port,
		origin,
		store,
		logs,
		call: (method, path, callOptions) => call(origin, method, path, callOptions),
		verify: (token, robloxId, more) =>
			call(origin, "POST", "/v1/verify", { token, robloxId, body: {}, ...more }),
		close: async () => {
			await app.close(0);
			await store.close();
			if (options.dataDir === undefined) rmSync(temporary, { recursive: true, force: true });
		},
	};
}
