import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { type PrivateMongodb, startPrivateMongodb } from "./mongodb/privateServer.js";
import { type RunMongodb, readRunMongodb, runFolder } from "./mongodb/run.js";
import { withDatabase } from "./mongodb/uri.js";

/** The MongoDB of this jest run. */
export interface TestMongodb {
	/** Its name, for messages. */
	readonly name: string;
	/** A connection string to a database of this suite's own. */
	newUri(): string;
	/** A connection string to a database of the run's server. */
	uri(database: string): string;
}

/** Starts a server of the suite's own. `lone`: without a replica set. */
export type StartPrivate = (options?: { lone?: boolean }) => Promise<PrivateMongodb>;

/**
 * A suite that needs MongoDB. The first one of a run finds or starts a server that
 * all share. Without one the suite is skipped, which the end of the run reports;
 * with `CI=true` it fails.
 */
export function describeWithMongo(title: string, suite: (mongodb: TestMongodb) => void): void {
	if (isEmbeddedOnly) return;
	const found = mongodbOfRun();
	if ("tried" in found) return describeWithout(title, found.tried);
	const uri = (database: string) => withDatabase(found.uri, database);
	describe(title, () =>
		suite({
			name: found.name,
			uri,
			newUri: () => {
				const database = `placelock_test_${randomBytes(6).toString("hex")}`;
				appendFileSync(join(runFolder(), "databases"), `${database}\n`);
				return uri(database);
			},
		}),
	);
}

/**
 * A suite that kills and restarts its own MongoDB servers. Skipped with
 * `PLACELOCK_TEST_MONGODB_URI`, because then there is no program to start.
 */
export function describeWithPrivateMongo(title: string, suite: (start: StartPrivate) => void): void {
	if (isEmbeddedOnly) return;
	const found = mongodbOfRun();
	if ("tried" in found) return describeWithout(title, found.tried);
	const { program } = found;
	if (program === undefined) describe.skip(title, () => suite(() => Promise.reject(new Error("skipped"))));
	else describe(title, () => suite((options) => startPrivateMongodb(program, options)));
}

function describeWithout(title: string, tried: readonly string[]): void {
	if (process.env.CI === "true") {
		describe(title, () => {
			it("has a MongoDB to run on", () => {
				throw new Error(`no MongoDB found: ${tried.join("; ")}`);
			});
		});
	} else {
		describe.skip(title, () => {
			it("has a MongoDB to run on", () => {});
		});
	}
}

/** `npm run test:fast` leaves MongoDB out; the end of its run says so. */
const isEmbeddedOnly = process.env.PLACELOCK_TEST_STORES === "embedded";

/** Synchronous, because jest must know whether a suite is skipped before its tests begin. */
function mongodbOfRun(): RunMongodb {
	const known = readRunMongodb();
	if (known !== undefined) return known;
	const folder = join(__dirname, "mongodb");
	const args = ["-r", join(__dirname, "typescript.cjs"), join(folder, "sharedServer.ts")];
	const { stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
	return readRunMongodb() ?? { tried: [stderr.toString()] };
}
