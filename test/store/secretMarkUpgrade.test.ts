import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { MongoClient } from "mongodb";
import { systemClock } from "../../server/clock.js";
import { openStore } from "../../server/store/openStore.js";
import { describeWithMongo } from "../support/mongodb.js";
import { audit, workspace } from "./samples.js";

/** Opens a database twice; in between `goBack` makes it what it was before it held a mark. */
async function upgraded(settings: { dataDir: string; mongodbUri?: string }, goBack: () => Promise<void>) {
	const home = workspace();
	const before = await openStore(settings, systemClock);
	await before.workspaces.create(home, audit());
	await before.close();
	await goBack();
	const after = await openStore(settings, systemClock);
	try {
		await after.ping();
		expect(await after.workspaces.findById(home.id)).toEqual(home);
		expect(await after.secretMarks.current()).toBeUndefined();
		expect(await after.secretMarks.claim("mark")).toBe(true);
		expect(await after.secretMarks.current()).toBe("mark");
	} finally {
		await after.close();
	}
}

test("an embedded database from before there were marks keeps what it has, and takes one", async () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-upgrade-"));
	await upgraded({ dataDir }, async () => {
		const file = new Database(join(dataDir, "placelock.db"));
		file.exec("DROP TABLE secret_mark; PRAGMA user_version = 1");
		file.close();
	});
	rmSync(dataDir, { recursive: true, force: true });
});

describeWithMongo("a MongoDB database from before there were marks", (mongodb) => {
	test("keeps what it has, and takes one", async () => {
		const mongodbUri = mongodb.newUri();
		await upgraded({ dataDir: "unused", mongodbUri }, async () => {
			const client = new MongoClient(mongodbUri);
			await client.db().collection("secretMark").drop();
			await client
				.db()
				.collection<{ _id: string }>("schema")
				.updateOne({ _id: "schema" }, { $set: { version: 1 } });
			await client.close();
		});
	});
});
