import { join } from "node:path";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { migrate, schemaVersion } from "../../server/storage/sqlite/migrations.js";
import { describeWithMongo } from "../support/mongodb.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeEach(() => {
	bench = workbench();
});
afterEach(() => bench.remove());

describe("placelock migrate", () => {
	it("migrates an older database and reports it; a second run does nothing", async () => {
		const older = new Connection(join(bench.folder, "placelock.db"));
		await migrate(older, 1);
		await older.close();
		expect(await bench.done(["migrate"])).toContain(
			`Migrated the database from schema 1 to ${schemaVersion}.`,
		);
		expect(await bench.json(["migrate"])).toEqual([{ from: schemaVersion, to: schemaVersion }]);
		expect(await bench.done(["migrate"])).toContain(
			`Nothing to do: the database has the current schema, ${schemaVersion}`,
		);
	});

	it("does not touch a database migrated by a newer Placelock", async () => {
		const newer = new Connection(join(bench.folder, "placelock.db"));
		await newer.read(() => newer.exec("PRAGMA user_version = 1000"));
		await newer.close();
		const { code, stderr } = await bench.placelock(["migrate", "--json"]);
		expect(code).toBe(78);
		expect(JSON.parse(stderr).error.message).toContain("written by a newer Placelock (schema 1000");
	});
});

describeWithMongo("placelock migrate on MongoDB", (mongodb) => {
	it("creates the schema of a new database and reports it", async () => {
		const environment = { MONGODB_URI: mongodb.newUri() };
		const [first] = await bench.json(["migrate"], environment);
		expect(first).toEqual({ from: 0, to: expect.any(Number) });
		expect(await bench.json(["migrate"], environment)).toEqual([{ from: first.to, to: first.to }]);
	});
});
