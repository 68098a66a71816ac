import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { builtInOperatorId } from "../../server/model/account.js";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { migrate } from "../../server/storage/sqlite/migrations.js";
import { keyRows } from "../../server/storage/sqlite/rows.js";
import { describeWithMongo } from "../support/mongodb.js";
import { insertIntoOldSchema } from "./insertIntoOldSchema.js";
import { createPerson } from "./people.js";
import { adminKey, audit, setupLink } from "./samples.js";

const key = adminKey({ name: "Main" });

/** Opens a database whose only account was the built-in operator, with an admin key. */
async function expectUpgrade(settings: { dataDir: string; mongodbUri?: string }) {
	const store = await openStore(settings, systemClock);
	try {
		await store.ping();
		expect(await store.accounts.findByName("OPERATOR")).toMatchObject({ id: builtInOperatorId });
		expect(await store.keys.listOfAccount(builtInOperatorId, { limit: 5 })).toEqual({
			records: [key],
			more: false,
		});
		expect(await store.keys.create(adminKey({ name: "main" }), audit())).toBe("name_taken");
		expect(await store.keys.create(adminKey(), audit())).toBe("created");
		expect(await store.oneTimeLinks.create(setupLink(), audit())).toBe("created");
		const { account } = await createPerson(store);
		expect(await store.accounts.findByName(account.name)).toEqual(account);
		expect(await store.accounts.change(account.id, { name: "Operator" }, audit())).toBe("name_taken");
	} finally {
		await store.close();
	}
}

test("an embedded database from before people had accounts keeps its records and accepts accounts", async () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-upgrade-"));
	const older = new Connection(join(dataDir, "placelock.db"));
	await migrate(older, 1);
	await insertIntoOldSchema(older, "keys", keyRows, key);
	await older.close();
	await expectUpgrade({ dataDir });
	rmSync(dataDir, { recursive: true, force: true });
});

describeWithMongo("a MongoDB database from before people had accounts", (mongodb) => {
	test("keeps its records and accepts accounts", async () => {
		const mongodbUri = mongodb.newUri();
		const older = await openStore({ dataDir: "unused", mongodbUri }, systemClock);
		await older.keys.create(key, audit());
		await older.close();
		const client = new MongoClient(mongodbUri);
		const database = client.db();
		for (const name of ["members", "sessions", "oneTimeLinks"]) await database.collection(name).drop();
		const accounts = database.collection<{ _id: string }>("accounts");
		await accounts.dropIndex("foldedName_1");
		await accounts.updateMany({}, { $unset: { foldedName: "", moves: "" } });
		const schema = database.collection<{ _id: string }>("schema");
		await schema.updateOne({ _id: "schema" }, { $set: { version: 1 } });
		await client.close();
		await expectUpgrade({ dataDir: "unused", mongodbUri });
	});
});
