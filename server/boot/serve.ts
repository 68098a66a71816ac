import type { AddressInfo } from "node:net";
import pino from "pino";
import { limits } from "../../shared/limits.js";
import { createLink } from "../accounts/createLink.js";
import { commandLine, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { systemClock } from "../primitives/clock.js";
import type { ServerSecrets } from "../secrets/token.js";
import type { Store } from "../store/store.js";
import { type App, createApp } from "./app.js";
import { commandName } from "./commandName.js";
import { readEnvironment, readSettings, type Settings } from "./config.js";
import { describeDataLocation } from "./dataLocation.js";
import { exitCodes, type Failure, failureToOpen } from "./exitCodes.js";
import { openWithRetry } from "./openWithRetry.js";
import { openWithSecrets } from "./openWithSecrets.js";
import { publicAddress } from "./publicAddress.js";

/** Runs the server as a process: configuration, store, app, listening, signals. */
export async function serve(): Promise<void> {
	try {
		await start();
	} catch (error) {
		const failure = failureToOpen(error) ?? failureToListen(error);
		if (failure === undefined) throw error;
		process.stderr.write(`placelock: ${failure.message}\n`);
		process.exitCode = failure.exitCode;
	}
}

async function start(): Promise<void> {
	const settings = readSettings(readEnvironment());
	const logger = pino({ level: settings.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
	const report = (message: string) => process.stderr.write(`placelock: ${message}\n`);
	const open = () => openWithSecrets(settings, systemClock, report);
	const { store, secrets } = await openWithRetry(open, systemClock, report);
	try {
		await run(settings, secrets, store, logger);
	} catch (error) {
		await store.close();
		throw error;
	}
}

async function run(
	settings: Settings,
	secrets: ServerSecrets,
	store: Store,
	logger: pino.Logger,
): Promise<void> {
	const app = await createApp({ store, clock: systemClock, secrets, settings, logger });
	try {
		await listen(app, settings);
		app.startTimers();
		closeOnSignals(app, store, logger);
		const { port } = app.server.address() as AddressInfo;
		await greet(settings, { store, clock: systemClock, secrets, invalidate: () => {} }, port);
	} catch (error) {
		await app.close(0);
		throw error;
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

async function greet(settings: Settings, services: Services, port: number): Promise<void> {
	const address = publicAddress(settings, port);
	const lines = [`Placelock is listening on ${address}`, describeDataLocation(settings)];
	const { accounts, workspaces } = services.store;
	let quickstartHint = "No workspace yet. Create one with a place and a key:";
	if (!(await accounts.anyoneCanSignIn())) {
		const link = await createLink(services, { purpose: "setup" }, commandLine);
		// A problem means that somebody has just created the account.
		if (!(link instanceof Problem)) {
			const minutes = limits.oneTimeLinkSeconds / 60;
			lines.push(
				`No account yet. Create the first one here (the link works once, for ${minutes} minutes):`,
				`  ${address}${link.path}`,
			);
			quickstartHint = "Or create everything from the terminal:";
		}
	}
	if (!(await workspaces.any())) {
		lines.push(quickstartHint, `  ${commandName()} quickstart --place <your PlaceId>`);
	}
	process.stdout.write(`${lines.join("\n")}\n`);
}

/** Shuts down on SIGTERM or SIGINT: open requests, counts, store. A second signal exits immediately. */
function closeOnSignals(app: App, store: Store, logger: pino.Logger): void {
	let closing = false;
	const close = async (signal: string) => {
		if (closing) process.exit(exitCodes.failed);
		closing = true;
		logger.info({ signal }, "shutting down");
		try {
			await app.close();
			await store.close();
		} catch (error) {
			logger.error({ err: error }, "shutdown failed");
			process.exit(exitCodes.failed);
		}
		process.exit(0);
	};
	for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void close(signal));
}

function failureToListen(error: unknown): Failure | undefined {
	if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
	if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") return undefined;
	const message =
		error.code === "EADDRINUSE"
			? `${error.message}. Another program uses this port; set PORT to a free one.`
			: `cannot listen: ${error.message}. Check HOST and PORT.`;
	return { code: "listen", message, exitCode: exitCodes.failed };
}
