import {
	copyFileSync,
	existsSync,
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { migrate, schemaVersion } from "../../server/storage/sqlite/migrations.js";
import { codeOf, setUp } from "../support/person.js";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { testSecrets } from "../support/seed.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
let other: Workbench;
beforeEach(() => {
	bench = workbench();
	other = workbench();
});
afterEach(() => {
	bench.remove();
	other.remove();
});

const backup = () => join(other.folder, "backup.db");
const database = (of: Workbench) => join(of.folder, "placelock.db");
const make = (of: Workbench, name: string) => of.json(["workspace", "create", name]);
const names = async (of: Workbench) => (await of.json(["workspace", "list"])).map(({ name }) => name);
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
const expectFailure = async (of: Workbench, args: string[], environment = {}) => {
	const { code, stdout, stderr } = await of.placelock([...args, "--json"], environment);
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	return JSON.parse(stderr).error;
};
/** Changes a database in a way that Placelock never does. */
async function tamper(file: string, sql: string): Promise<void> {
	const connection = new Connection(file);
	await connection.read(() => connection.exec(sql));
	await connection.close();
}

describe("placelock backup", () => {
	it("takes a consistent snapshot while a server writes", async () => {
		const server = await startProcess({}, bench.folder);
		const [{ token }] = await bench.json(["admin-key", "create"]);
		let stopped = false;
		let acknowledged = 0;
		const writing = (async () => {
			while (!stopped) {
				const { status } = await server.call("POST", "/v1/workspaces", { token, body: { name: "x" } });
				expect(status).toBe(201);
				acknowledged++;
			}
		})();
		const before = acknowledged;
		const [made] = await bench.json(["backup", backup()]);
		stopped = true;
		await writing;
		await server.kill();

		expect(made).toMatchObject({ file: backup(), schema: schemaVersion, needs: ["PLACELOCK_SECRET"] });
		expect(made.bytes).toBe(statSync(backup()).size);
		expect(made.workspaces).toBeGreaterThanOrEqual(before);
		expect(made.workspaces).toBeLessThanOrEqual(acknowledged);
		if (process.platform !== "win32") expect(mode(backup())).toBe("600");

		const third = workbench();
		const [restored] = await third.json(["restore", backup()]);
		expect(restored).toMatchObject({ workspaces: made.workspaces, keys: 1 });
		const created = await third.json(["audit", "--action", "workspaces.create"]);
		const workspaces = await third.json(["workspace", "list"]);
		expect(created.map(({ targetId }) => targetId)).toEqual(workspaces.map(({ id }) => id));
		third.remove();
	}, 60_000);

	it("replaces a file only with --force, and never the database itself", async () => {
		await make(bench, "One");
		await bench.json(["backup", backup()]);
		const first = readFileSync(backup());
		await make(bench, "Two");
		expect(await expectFailure(bench, ["backup", backup()])).toMatchObject({ code: "exists" });
		expect(readFileSync(backup()).equals(first)).toBe(true);
		expect(await bench.json(["backup", backup(), "--force"])).toMatchObject([{ workspaces: 2 }]);
		await expectFailure(bench, ["backup", database(bench), "--force"]);
		await expectFailure(bench, ["backup", bench.folder, "--force"]);
		await expectFailure(bench, ["backup", join(bench.folder, "nowhere", "x.db")]);
		expect(await names(bench)).toEqual(["Two", "One"]);
		expect(readdirSync(other.folder)).toEqual(["backup.db"]);
	});

	it("shows where the secret is, which the backup does not contain", async () => {
		const plain = { PLACELOCK_SECRET: "" };
		await bench.done(["workspace", "create", "One"], plain);
		const stdout = await bench.done(["backup", backup()], plain);
		expect(stdout).toContain(`  ${join(bench.folder, "secret")}\n`);
		const secret = readFileSync(join(bench.folder, "secret"), "utf8").trim();
		expect(readFileSync(backup()).includes(secret)).toBe(false);
	});

	it("prints the command to restore it, which works from any folder", async () => {
		await make(bench, "One");
		mkdirSync(join(other.folder, "a b"));
		const file = join(other.folder, "a b", "backup.db");
		const stdout = await bench.done(["backup", join("..", basename(other.folder), "a b", "backup.db")]);
		expect(stdout).toContain(`restore "${file}" --force\n`);
		expect(stdout).toContain("leave out --force");
	});

	it("names the database, not its temporary file, when that belongs to a newer Placelock", async () => {
		await make(bench, "One");
		await tamper(database(bench), "PRAGMA user_version = 1000");
		const { code, stderr } = await bench.placelock(["backup", backup()]);
		expect({ code, stderr }).toEqual({
			code: 78,
			stderr: expect.stringContaining(`${database(bench)} was written by a newer Placelock`),
		});
		expect(stderr).toContain("Use that version");
		expect(stderr).not.toContain("part-");
		expect(readdirSync(other.folder)).toEqual([]);
	});

	it("does not migrate, so that you can back up before an upgrade", async () => {
		const older = new Connection(database(bench));
		await migrate(older, 1);
		await older.close();
		expect(await bench.json(["backup", backup()])).toMatchObject([{ schema: 1 }]);
		expect(await other.json(["restore", backup()])).toMatchObject([{ schema: 1 }]);
		expect(await other.json(["migrate"])).toEqual([{ from: 1, to: schemaVersion }]);
	});
});

describe("placelock backup to a file of the data directory", () => {
	// The created secret is there too, and the open database has more files.
	const plain = { PLACELOCK_SECRET: "" };
	let server: ListeningProcess;
	beforeEach(async () => {
		server = await startProcess(plain, bench.folder);
	});
	afterEach(() => server.kill());

	it.each(["secret", "placelock.db-wal", "placelock.db-shm"])("leaves %s as it is", async (name) => {
		const file = join(bench.folder, name);
		const otherName = join(other.folder, "link");
		linkSync(file, otherName);
		const kept = statSync(file).ino;
		for (const given of [file, otherName]) {
			const { code, stderr } = await bench.placelock(["backup", given, "--force"], plain);
			expect([code, stderr]).toEqual([1, expect.stringContaining(`${given} is `)]);
		}
		expect([statSync(file).ino, statSync(otherName).ino]).toEqual([kept, kept]);
	});
});

describe("placelock restore", () => {
	beforeEach(async () => {
		await make(bench, "One");
		await bench.json(["backup", backup()]);
		await make(bench, "Two");
	});

	// As documented: npx placelock restore backup.db --force
	it("replaces a database only with --force, and then all of it", async () => {
		expect(await expectFailure(bench, ["restore", backup()])).toMatchObject({ code: "exists" });
		expect(await names(bench)).toEqual(["Two", "One"]);
		const stdout = await bench.done(["restore", backup(), "--force"]);
		expect(stdout).toMatch(/Its last change was made at 20\d\d-/);
		expect(await names(bench)).toEqual(["One"]);
		const files = readdirSync(bench.folder).filter((name) => name.startsWith("placelock.db"));
		expect(files).toEqual(["placelock.db"]);
		if (process.platform !== "win32") expect(mode(database(bench))).toBe("600");
	});

	it("does nothing while a server has the database open", async () => {
		const server: ListeningProcess = await startProcess({}, bench.folder);
		expect(await expectFailure(bench, ["restore", backup(), "--force"])).toMatchObject({ code: "in_use" });
		expect((await server.call("GET", "/readyz")).status).toBe(200);
		await server.kill();
		expect(await names(bench)).toEqual(["Two", "One"]);
	});

	it("replaces a damaged database and the files next to it", async () => {
		writeFileSync(database(bench), "not a database any more");
		writeFileSync(`${database(bench)}-wal`, "nor this");
		await bench.json(["restore", backup(), "--force"]);
		expect(existsSync(`${database(bench)}-wal`)).toBe(false);
		expect(await names(bench)).toEqual(["One"]);
	});

	describe("fails without changing anything for", () => {
		const cases: Array<[what: string, spoil: () => unknown, says: RegExp]> = [
			["a missing file", () => undefined, /does not exist/],
			[
				"a file that is not a database",
				() => writeFileSync(bad(), "hello"),
				/not a backup of a Placelock database/,
			],
			["a folder", () => mkdirSync(bad()), /is not a file/],
			["half a backup", () => writeFileSync(bad(), readFileSync(backup()).subarray(0, 30_000)), /damaged/],
			["a damaged one", () => writeFileSync(bad(), scrambled(readFileSync(backup()))), /damaged/],
			[
				"another program's",
				() => tamper(bad(), "CREATE TABLE x (y); PRAGMA user_version = 1"),
				/not a Placelock database/,
			],
			["one without a schema", () => tamper(bad(), "CREATE TABLE x (y)"), /not a Placelock database/],
			["a newer Placelock's", () => spoiled("PRAGMA user_version = 1000"), /newer Placelock/],
			["one that lacks a table", () => spoiled("DROP TABLE leases"), /the table leases differs/],
			[
				"one with a trigger",
				() => spoiled("CREATE TRIGGER t AFTER INSERT ON keys BEGIN SELECT 1; END"),
				/triggers/,
			],
			["one copied from under a server", () => copied(), /in use, or was copied/],
		];
		const bad = () => join(other.folder, "bad.db");
		const copied = () => {
			copyFileSync(backup(), bad());
			writeFileSync(`${bad()}-wal`, "x");
		};
		const spoiled = (sql: string) => {
			copyFileSync(backup(), bad());
			return tamper(bad(), sql);
		};

		it.each(cases)("%s", async (_what, spoil, says) => {
			await spoil();
			const { code, message } = await expectFailure(bench, ["restore", bad(), "--force"]);
			expect(code).toBe("not_a_backup");
			expect(message).toMatch(says);
			expect(message).toContain(bad());
			expect(await names(bench)).toEqual(["Two", "One"]);
			expect(readdirSync(bench.folder).filter((name) => name.includes("restoring"))).toEqual([]);
		});

		it("on a machine without a data directory, which it does not create", async () => {
			writeFileSync(bad(), "hello");
			spoilt();
			const environment = { PLACELOCK_DATA_DIR: join(other.folder, "new", "data") };
			for (const file of [bad(), join(other.folder, "spoilt.db"), join(other.folder, "nowhere.db")]) {
				await expectFailure(bench, ["restore", file], environment);
			}
			expect(existsSync(join(other.folder, "new"))).toBe(false);
		});
		const spoilt = () => writeFileSync(join(other.folder, "spoilt.db"), scrambled(readFileSync(backup())));

		it("the database itself", async () => {
			const { message } = await expectFailure(bench, ["restore", database(bench), "--force"]);
			expect(message).toContain("is the database itself");
		});
	});
});

describe("people who had access", () => {
	it("by a session or a link of the backup no longer can, and the audit log has the restore", async () => {
		const server = await startProcess({}, bench.folder);
		const setupCode = async () => codeOf((await bench.json(["setup-link"]))[0].link);
		const boss = await setUp({ call: server.call, setupCode });
		const { id } = (await bench.json(["workspace", "create", "One"]))[0];
		const invite = ["invitation", "create", id, "--role", "owner"];
		const code = codeOf((await bench.json(invite))[0].link);
		await bench.json(["backup", backup()]);
		await server.kill();
		const stdout = await bench.done(["restore", backup(), "--force"]);
		for (const word of ["accounts", "passwords", "roles", "All its sessions and pending links"]) {
			expect(stdout).toContain(word);
		}

		const after = await startProcess({}, bench.folder);
		const headers = boss.headers;
		expect((await after.call("GET", "/v1/session", { headers })).status).toBe(401);
		const opened = await after.call("POST", "/v1/invitations/show", { body: { code } });
		expect(opened.body.code).toBe("link_invalid");
		await after.kill();
		expect((await bench.json(["audit", "--limit", "1"]))[0]).toMatchObject({
			action: "database.restore",
			actor: { type: "command-line" },
			after: { lastChangeAt: expect.stringMatching(/^20\d\d-/) },
		});
	}, 30_000);
});

describe("the secret of a backup", () => {
	const without = { PLACELOCK_SECRET: "" };
	const secretOf = (of: Workbench) => readFileSync(join(of.folder, "secret"), "utf8");

	it("must be present or given, so that its keys work on another machine", async () => {
		const made = JSON.parse(await bench.done(["quickstart", "--place", "123456", "--json"], without));
		await bench.done(["backup", backup()], without);
		expect(await expectFailure(other, ["restore", backup()], without)).toMatchObject({
			code: "secret",
			message: expect.stringContaining("--secret <file>"),
		});
		expect(existsSync(database(other))).toBe(false);

		await other.done(["restore", backup(), "--secret", join(bench.folder, "secret")], without);
		expect(secretOf(other)).toBe(secretOf(bench));
		if (process.platform !== "win32") expect(mode(join(other.folder, "secret"))).toBe("600");
		const server = await startProcess(without, other.folder);
		expect((await server.verify(made.token, "123456")).status).toBe(200);
		await server.kill();
	});

	it("is not taken from a file that holds another", async () => {
		await make(bench, "One");
		await bench.json(["backup", backup()]);
		writeFileSync(join(other.folder, "wrong"), "another secret that is long enough to be one");
		const { message } = await expectFailure(other, [
			"restore",
			backup(),
			"--secret",
			join(other.folder, "wrong"),
		]);
		expect(message).toContain("is not the secret of this backup");
	});

	it("that existed before is saved, never lost", async () => {
		await make(bench, "One");
		await bench.json(["backup", backup()]);
		await other.done(["workspace", "create", "Two"], without);
		const before = secretOf(other);
		const given = join(bench.folder, "given");
		writeFileSync(given, testSecrets.current);
		const restore = ["restore", backup(), "--secret", given, "--force"];
		const { replacedSecret } = JSON.parse(await other.done([...restore, "--json"], without));
		expect(readFileSync(replacedSecret, "utf8")).toBe(before);
		expect(secretOf(other).trim()).toBe(testSecrets.current);
	});
});

describe("with MongoDB", () => {
	const environment = { MONGODB_URI: "mongodb://u:hunter2@127.0.0.1:9/" };

	it.each([
		["backup", 'mongodump --uri="$MONGODB_URI" --db=placelock --gzip --archive="x.gz"'],
		["restore", 'mongorestore --uri="$MONGODB_URI" --drop --gzip --archive="x.gz"'],
	])("placelock %s names the command to run instead", async (command, instead) => {
		const { message } = await expectFailure(bench, [command, "x.gz"], environment);
		expect(message).toContain(instead);
		expect(message).not.toContain("hunter2");
		expect(readdirSync(bench.folder)).toEqual([]);
	});
});

/** The same length, with some pages in the middle overwritten. */
function scrambled(bytes: Buffer): Buffer {
	return Buffer.concat([bytes.subarray(0, 8_192), Buffer.alloc(40_000, 7), bytes.subarray(48_192)]);
}
