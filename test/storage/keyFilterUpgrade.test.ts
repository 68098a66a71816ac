import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { migrate } from "../../server/storage/sqlite/migrations.js";
import { keyRows, workspaceRows } from "../../server/storage/sqlite/rows.js";
import { describeWithMongo } from "../support/mongodb.js";
import { insertIntoOldSchema } from "./insertIntoOldSchema.js";
import { audit, key, someTime, workspace } from "./samples.js";

/** The schema before keys could be filtered. */
const before = 3;

const home = workspace();
const live = key(home.id, { name: "Live Games" });
const revoked = key(home.id, { name: "Old Games", revokedAt: someTime });

/** Opens a database from before keys could be filtered, and filters its keys. */
async function expectUpgrade(settings: { dataDir: string; mongodbUri?: string }) {
	const store = await openStore(settings, systemClock);
	try {
		await store.ping();
		const search = { part: "games", foreignStart: "none", ids: [] };
		const at = Date.now();
		const found = async (name: "active" | "revoked") =>
			(await store.keys.list(home.id, { limit: 9, search, status: { name, at } })).records;
		expect(await found("active")).toEqual([live]);
		expect(await found("revoked")).toEqual([revoked]);
	} finally {
		await store.close();
	}
}

test("an embedded database from before keys could be filtered filters the keys it has", async () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-upgrade-"));
	const older = new Connection(join(dataDir, "placelock.db"));
	await migrate(older, before);
	await insertIntoOldSchema(older, "workspaces", workspaceRows, home);
	for (const each of [live, revoked]) await insertIntoOldSchema(older, "keys", keyRows, each);
	await older.close();
	await expectUpgrade({ dataDir });
	rmSync(dataDir, { recursive: true, force: true });
});

describeWithMongo("a MongoDB database from before keys could be filtered", (mongodb) => {
	test("filters the keys it has, whoever else starts", async () => {
		const mongodbUri = mongodb.newUri();
		const older = await openStore({ dataDir: "unused", mongodbUri }, systemClock);
		await older.workspaces.create(home, audit());
		for (const each of [live, revoked]) await older.keys.create(each, audit());
		await older.close();
		const client = new MongoClient(mongodbUri);
		const keys = client.db().collection("keys");
		await keys.updateMany({}, { $unset: { foldedName: 1, standing: 1, endsAt: 1 } });
		await keys.dropIndexes();
		const schema = client.db().collection<{ _id: string }>("schema");
		await schema.updateOne({ _id: "schema" }, { $set: { version: before } });
		await client.close();
		await Promise.all([
			expectUpgrade({ dataDir: "unused", mongodbUri }),
			expectUpgrade({ dataDir: "unused", mongodbUri }),
		]);
	});
});
