import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "./clock.js";
import { describeWithMongo } from "./mongodb.js";
import type { ServerOptions, TestServer } from "./server.js";
import { useServer } from "./useServer.js";

/** Two instances on one database, with one clock. */
export interface Instances {
	readonly clock: FakeClock;
	readonly server: TestServer;
	readonly otherServer: TestServer;
}

/**
 * Runs a suite on the embedded database and on MongoDB, each with two instances
 * of its own that run for the whole suite.
 */
export function onEveryStore(title: string, suite: (instances: () => Instances) => void): void {
	describe(`${title}, on the embedded database`, () => {
		const dataDir = mkdtempSync(join(tmpdir(), "placelock-accounts-"));
		suite(useInstances(() => ({ dataDir })));
		afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
	});
	describeWithMongo(`${title}, on MongoDB`, (mongodb) => {
		let mongodbUri: string | undefined;
		suite(
			useInstances(() => {
				mongodbUri ??= mongodb.newUri();
				return { mongodbUri };
			}),
		);
	});
}

function useInstances(database: () => Pick<ServerOptions, "dataDir" | "mongodbUri">): () => Instances {
	// Ahead of the machine's clock: MongoDB deletes what expired by that one.
	const clock = new FakeClock(Date.UTC(2100, 3, 14, 12));
	const options = () => ({ ...database(), clock });
	const instances: Instances = { clock, server: useServer(options), otherServer: useServer(options) };
	// What limiters remember of one test must not slow down the next.
	beforeEach(() => clock.advance(11 * 60_000));
	return () => instances;
}
