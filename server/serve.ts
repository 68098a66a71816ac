import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import pino from "pino";
import { type App, createApp } from "./app.js";
import { type Clock, systemClock } from "./clock.js";
import { readEnvironment, readSettings, type Settings, SettingsInvalid } from "./config.js";
import { SecretUnreadable, serverSecrets } from "./keys/serverSecret.js";
import { openStore } from "./store/openStore.js";
import { type Store, StoreMisconfigured, StoreUnavailable } from "./store/store.js";

/** Exit codes, from sysexits.h: what is wrong with the configuration is not worth restarting for. */
const exitConfiguration = 78;
const exitUnavailable = 69;
const exitFailure = 1;

/** How long the server waits for its database when it starts, milliseconds. */
const startPatienceMs = 30_000;
const retryPauseMs = 1_000;

/** The server's life as a process: configuration, store, app, listening, signals. */
export async function serve(): Promise<void> {
	try {
		await start();
	} catch (error) {
		const told =
			error instanceof SettingsInvalid ||
			error instanceof SecretUnreadable ||
			error instanceof StoreMisconfigured;
		if (told) return stop(error.message, exitConfiguration);
		if (error instanceof StoreUnavailable) return stop(error.message, exitUnavailable);
		if (isListenError(error)) return stop(listenMessage(error), exitFailure);
		throw error;
	}
}

function stop(message: string, code: number): void {
	process.stderr.write(`placelock: ${message}\n`);
	process.exitCode = code;
}

async function start(): Promise<void> {
	const settings = readSettings(readEnvironment());
	const secrets = serverSecrets(settings);
	const logger = pino({ level: settings.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
	const store = await openPatiently(settings, systemClock);
	const app = await createApp({ store, clock: systemClock, secrets, settings, logger });
	try {
		await listen(app, settings);
	} catch (error) {
		await app.close(0);
		await store.close();
		throw error;
	}
	const { port } = app.server.address() as AddressInfo;
	await greet(settings, store, port);
	closeOnSignals(app, store, logger);
}

/** Opens the store; says what it is waiting for, and gives up after 30 s. */
async function openPatiently(settings: Settings, clock: Clock): Promise<Store> {
	const giveUpAt = clock.monotonic() + startPatienceMs;
	for (let told = false; ; told = true) {
		try {
			return await openStore(settings, clock);
		} catch (error) {
			if (!(error instanceof StoreUnavailable) || clock.monotonic() + retryPauseMs > giveUpAt) throw error;
			if (!told)
				process.stderr.write(`placelock: ${error.message}; trying for ${startPatienceMs / 1000} s\n`);
			await new Promise((done) => setTimeout(done, retryPauseMs));
		}
	}
}

function listen({ server }: App, { port, host }: Settings): Promise<void> {
	return new Promise((done, failed) => {
		server.once("error", failed);
		server.listen(port, host, () => {
			server.off("error", failed);
			done();
		});
	});
}

async function greet(settings: Settings, store: Store, port: number): Promise<void> {
	const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
	const lines = [
		`Placelock is listening on ${settings.publicUrl ?? `http://${host}:${port}`}`,
		store.kind === "sqlite" ? `Data: ${resolve(settings.dataDir)} (embedded database)` : "Data: MongoDB",
	];
	if (!(await store.workspaces.any())) {
		lines.push(
			"No workspace exists yet. To make one, with a place and a key:",
			"  npm run placelock -- quickstart --place <your PlaceId>",
		);
	}
	process.stdout.write(`${lines.join("\n")}\n`);
}

/** Ends in order on SIGTERM or SIGINT: calls under way, counts, store. A second signal ends at once. */
function closeOnSignals(app: App, store: Store, logger: pino.Logger): void {
	let closing = false;
	const close = async (signal: string) => {
		if (closing) process.exit(exitFailure);
		closing = true;
		logger.info({ signal }, "closing");
		try {
			await app.close();
			await store.close();
		} catch (error) {
			logger.error({ err: error }, "could not close in order");
			process.exit(exitFailure);
		}
		process.exit(0);
	};
	for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void close(signal));
}

function isListenError(error: unknown): error is NodeJS.ErrnoException {
	return (
		error instanceof Error &&
		"syscall" in error &&
		(error.syscall === "listen" || error.syscall === "getaddrinfo")
	);
}

function listenMessage(error: NodeJS.ErrnoException): string {
	if (error.code === "EADDRINUSE")
		return `${error.message}. Another program uses this port: set PORT to a free one.`;
	return `cannot listen: ${error.message}. Check HOST and PORT.`;
}
