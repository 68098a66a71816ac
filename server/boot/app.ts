import type { Server } from "node:http";
import type { Logger } from "pino";
import { endpoints } from "../../shared/endpoints/index.js";
import { SignIn } from "../accounts/signIn.js";
import { ActivityBuffer } from "../activity/activityBuffer.js";
import { createHandlers } from "../api/handlers.js";
import { createInputRules } from "../api/inputRules.js";
import type { Services } from "../core/context.js";
import { DenialBuffer } from "../denials/denialBuffer.js";
import { AccessLog } from "../http/accessLog.js";
import { clientAddress } from "../http/clientAddress.js";
import { dashboardFolder, modelFile } from "../http/dashboardFiles.js";
import type { EndpointDeps } from "../http/endpointDeps.js";
import { endpointServers } from "../http/endpointServers.js";
import { createHttpServer } from "../http/httpServer.js";
import { Metrics } from "../http/metrics.js";
import { createPages } from "../http/pages.js";
import { createRoutes } from "../http/routes.js";
import { secureSessions } from "../http/sessionCookie.js";
import { FailureLimiter } from "../keys/failureLimiter.js";
import { Gate } from "../keys/gate.js";
import { KeyResolver } from "../keys/keyResolver.js";
import { LastUse } from "../keys/lastUse.js";
import { Records, recordsInMemory } from "../keys/records.js";
import type { Clock } from "../primitives/clock.js";
import { Freshness } from "../primitives/freshness.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";
import { type DeletedRecords, Retention } from "../retention/retention.js";
import { ResponseCipher } from "../secrets/responseCipher.js";
import type { ServerSecrets } from "../secrets/token.js";
import { type Store, StoreUnavailable } from "../store/store.js";
import { QuotaCounters } from "../usage/quotaCounters.js";
import { UsageBuffer } from "../usage/usageBuffer.js";
import type { Settings } from "./config.js";

export interface AppDependencies {
	readonly store: Store;
	readonly clock: Clock;
	readonly secrets: ServerSecrets;
	readonly settings: Pick<Settings, "placeProof" | "publicUrl" | "robloxNetworks" | "trustedProxies">;
	readonly logger: Logger;
	/** Where the built dashboard is; absent: where `npm run build` puts it. */
	readonly dashboardFolder?: string;
	/** The Roblox model to download; absent: where `npm run build:roblox` puts it. */
	readonly modelFile?: string;
	/** Off: every request goes through Express, so that tests can compare both paths. */
	readonly fastPath?: boolean;
}

export interface App {
	/** Not listening yet. */
	readonly server: Server;
	/**
	 * Starts doing the following three regularly, until `close`. The process does
	 * so when it listens; tests do each of them when they need it.
	 */
	startTimers(): void;
	/** Writes the gathered counts and denials now. */
	writeUsage(): Promise<void>;
	/** Runs retention now unless another instance already did this hour. Returns what was deleted. */
	retain(): Promise<DeletedRecords | undefined>;
	/** Logs the sums of denied and failed requests that had no line of their own now. */
	flushSuppressedLog(): void;
	/** Finishes calls under way (at most `graceMs`, default 5 s), writes counts, ends the feed. The store stays open. */
	close(graceMs?: number): Promise<void>;
}

/** How often gathered usage is written, milliseconds: the most that a crash loses. */
const usageFlushMs = 5_000;

/** How often requests that had no line in the log are logged as sums, milliseconds. */
const suppressedLogFlushMs = 60_000;

/** How often the server checks whether this hour's retention is due, milliseconds. */
const retentionCheckMs = 60_000;

/** How often, while closing, connections are looked for that have become idle. */
const idleSweepMs = 100;

/** Puts the server together. Resolves once news of changes is coming in. */
export async function createApp(dependencies: AppDependencies): Promise<App> {
	const { store, clock, secrets, settings, logger, fastPath = true } = dependencies;
	const freshness = new Freshness(clock);
	const records = new Records(store, freshness);
	const services: Services = { store, clock, secrets, invalidate: (change) => records.drop(change) };
	const quotas = new QuotaCounters(recordsInMemory.keys);
	const usageBuffer = new UsageBuffer(store.usage, (keyId, written, added) =>
		quotas.written(keyId, written, added),
	);
	const denials = new DenialBuffer(store.denials);
	const activity = new ActivityBuffer(store.activity);
	const keyResolver = new KeyResolver({ records, secrets, clock });
	const gate = new Gate({
		keyResolver,
		records,
		lastUse: new LastUse(store.usage, clock),
		rateLimits: new SlidingWindows(recordsInMemory.keys),
		quotas,
		usageBuffer,
		denials,
		usage: store.usage,
		clock,
		settings,
	});
	const accessLog = new AccessLog(logger, clock);
	const metrics = new Metrics(() => freshness.feedAge());
	const deps: EndpointDeps = {
		gate,
		failures: new FailureLimiter(clock),
		store,
		secureSessions: secureSessions(settings),
		ownOrigin: settings.publicUrl && new URL(settings.publicUrl).origin,
		responseCipher: new ResponseCipher(secrets),
		activity,
		clock,
		accessLog,
		metrics,
		addressOf: clientAddress(settings.trustedProxies),
	};

	const handlers = createHandlers({
		services,
		gate,
		signIn: new SignIn(store.accounts, clock),
		linkTo: (path) => (settings.publicUrl ?? "") + path,
		ready: async () => {
			await store.ping();
			return { status: "ok" };
		},
	});
	const servers = endpointServers(handlers, deps, createInputRules(clock));
	const verifyServer = servers.get(endpoints.verify.name);
	if (verifyServer === undefined) throw new TypeError("The contract has no verify endpoint.");
	const routes = createRoutes(
		servers,
		createPages(metrics, {
			dashboardFolder: dependencies.dashboardFolder ?? dashboardFolder(),
			modelFile: dependencies.modelFile ?? modelFile(),
			publicUrl: settings.publicUrl,
		}),
		deps,
	);
	const server = createHttpServer(routes, verifyServer, fastPath, deps);

	const subscription = await store.changes.subscribe({
		changed: (change) => records.drop(change),
		confirmed: (at) => freshness.confirm(at),
	});
	// Before the first call, so that tokens nobody made cost no read.
	await records.foreignPrefixes();
	const writeUsage = async () => {
		try {
			await usageBuffer.write();
			const dropped = await denials.write();
			if (dropped > 0) logger.warn({ dropped }, "more requests denied than can be recorded");
			const uncounted = await activity.write();
			if (uncounted > 0) {
				logger.warn(
					{ uncounted },
					"more workspaces active than can be counted; their activity is incomplete",
				);
			}
		} catch (error) {
			if (!(error instanceof StoreUnavailable)) throw error;
			logger.warn({ reason: error.message }, "usage flush failed, will retry");
		}
	};
	const retention = new Retention({ store, clock, logger });
	const retain = () =>
		retention.run().catch((error: unknown) => {
			if (!(error instanceof StoreUnavailable)) throw error;
			logger.warn({ reason: error.message }, "retention cleanup failed");
			return undefined;
		});
	const regularly = (work: () => Promise<unknown>, everyMs: number) =>
		setInterval(() => {
			work().catch((error: unknown) => logger.error({ err: error }, "unexpected error"));
		}, everyMs).unref();
	const timers: NodeJS.Timeout[] = [];

	return {
		server,
		startTimers() {
			timers.push(
				regularly(writeUsage, usageFlushMs),
				regularly(retain, retentionCheckMs),
				setInterval(() => accessLog.flushSuppressed(), suppressedLogFlushMs).unref(),
			);
		},
		writeUsage,
		retain,
		flushSuppressedLog: () => accessLog.flushSuppressed(),
		async close(graceMs = 5_000) {
			for (const timer of timers) clearInterval(timer);
			await retention.stop();
			await stopServing(server, graceMs);
			accessLog.flushSuppressed();
			await writeUsage();
			await subscription.close();
		},
	};
}

/** Takes no new connections, lets calls under way finish, and ends what is left after the grace. */
function stopServing(server: Server, graceMs: number): Promise<void> {
	if (!server.listening) return Promise.resolve();
	return new Promise((resolve) => {
		const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
		// A connection whose call was under way is idle after it, and would be kept open.
		const sweep = setInterval(() => server.closeIdleConnections(), idleSweepMs);
		server.close(() => {
			clearTimeout(impatience);
			clearInterval(sweep);
			resolve();
		});
		// Connections that are kept open between calls end with the next answer.
		server.prependListener("request", (_request, response) => {
			response.shouldKeepAlive = false;
		});
	});
}
