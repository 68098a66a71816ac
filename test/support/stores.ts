import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "./clock.js";
import { describeWithMongo } from "./mongodb.js";
import { type ServerOptions, startServer, type TestServer } from "./server.js";

/** Two instances on one database, with one clock. */
export interface Instances {
	readonly clock: FakeClock;
	readonly here: TestServer;
	readonly there: TestServer;
}

/**
 * Runs a suite on the embedded database and on MongoDB. `instances` starts anew
 * for every `describe` it is called in, and ends with it.
 */
export function onEveryStore(title: string, suite: (instances: () => Instances) => void): void {
	describe(`${title}, on the embedded database`, () => {
		const dataDir = mkdtempSync(join(tmpdir(), "placelock-accounts-"));
		afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
		suite(startedOn(() => ({ dataDir })));
	});
	describeWithMongo(`${title}, on MongoDB`, (mongodb) => {
		suite(startedOn(() => ({ mongodbUri: mongodb.newUri() })));
	});
}

function startedOn(newPlace: () => Pick<ServerOptions, "dataDir" | "mongodbUri">): () => Instances {
	let started: Instances | undefined;
	beforeAll(async () => {
		// Ahead of the machine's own clock: MongoDB drops what is past by that one.
		const clock = new FakeClock(Date.UTC(2100, 3, 14, 12));
		const options = { ...newPlace(), clock };
		started = { clock, here: await startServer(options), there: await startServer(options) };
	});
	// What limiters remember of one test must not slow the next.
	beforeEach(() => started?.clock.advance(11 * 60_000));
	afterAll(async () => {
		await started?.there.close();
		await started?.here.close();
	});
	return () => {
		if (started === undefined) throw new Error("used before the tests began");
		return started;
	};
}
