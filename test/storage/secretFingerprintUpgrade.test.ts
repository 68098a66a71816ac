import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { migrate } from "../../server/storage/sqlite/migrations.js";
import { workspaceRows } from "../../server/storage/sqlite/rows.js";
import { describeWithMongo } from "../support/mongodb.js";
import { insertIntoOldSchema } from "./insertIntoOldSchema.js";
import { audit, workspace } from "./samples.js";

const home = workspace();

/** Opens a database from before fingerprints existed, and stores one. */
async function expectUpgrade(settings: { dataDir: string; mongodbUri?: string }) {
	const store = await openStore(settings, systemClock);
	try {
		await store.ping();
		expect(await store.workspaces.findById(home.id)).toEqual(home);
		expect(await store.secretFingerprints.current()).toBeUndefined();
		expect(await store.secretFingerprints.claim("mark")).toBe(true);
		expect(await store.secretFingerprints.current()).toBe("mark");
	} finally {
		await store.close();
	}
}

test("an embedded database from before fingerprints existed keeps its records and stores one", async () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-upgrade-"));
	const older = new Connection(join(dataDir, "placelock.db"));
	await migrate(older, 1);
	await insertIntoOldSchema(older, "workspaces", workspaceRows, home);
	await older.close();
	await expectUpgrade({ dataDir });
	rmSync(dataDir, { recursive: true, force: true });
});

describeWithMongo("a MongoDB database from before fingerprints existed", (mongodb) => {
	test("keeps its records and stores one", async () => {
		const mongodbUri = mongodb.newUri();
		const older = await openStore({ dataDir: "unused", mongodbUri }, systemClock);
		await older.workspaces.create(home, audit());
		await older.close();
		const client = new MongoClient(mongodbUri);
		await client.db().collection("secretMark").drop();
		await client
			.db()
			.collection<{ _id: string }>("schema")
			.updateOne({ _id: "schema" }, { $set: { version: 1 } });
		await client.close();
		await expectUpgrade({ dataDir: "unused", mongodbUri });
	});
});
