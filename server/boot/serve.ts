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

/** The server's life as a process: configuration, store, app, listening, signals. */
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
	const tell = (message: string) => process.stderr.write(`placelock: ${message}\n`);
	const open = () => openWithSecrets(settings, systemClock, tell);
	const { store, secrets } = await openWithRetry(open, systemClock, tell);
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
	let makeWorkspace = "No workspace exists yet. To make one, with a place and a key:";
	if (!(await accounts.anyoneCanSignIn())) {
		const link = await createLink(services, { purpose: "setup" }, commandLine);
		// Somebody was faster: then the account is there.
		if (!(link instanceof Problem)) {
			const minutes = limits.oneTimeLinkSeconds / 60;
			lines.push(
				`No account exists yet. Make the first one here (the link works once, for ${minutes} minutes):`,
				`  ${address}${link.path}`,
			);
			makeWorkspace = "Or make a workspace, with a place and a key, in the terminal:";
		}
	}
	if (!(await workspaces.any())) {
		lines.push(makeWorkspace, `  ${commandName()} quickstart --place <your PlaceId>`);
	}
	process.stdout.write(`${lines.join("\n")}\n`);
}

/** Ends in order on SIGTERM or SIGINT: calls under way, counts, store. A second signal ends at once. */
function closeOnSignals(app: App, store: Store, logger: pino.Logger): void {
	let closing = false;
	const close = async (signal: string) => {
		if (closing) process.exit(exitCodes.refused);
		closing = true;
		logger.info({ signal }, "closing");
		try {
			await app.close();
			await store.close();
		} catch (error) {
			logger.error({ err: error }, "could not close in order");
			process.exit(exitCodes.refused);
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
			? `${error.message}. Another program uses this port: set PORT to a free one.`
			: `cannot listen: ${error.message}. Check HOST and PORT.`;
	return { code: "listen", message, exitCode: exitCodes.refused };
}
