import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProcess } from "../support/process.js";
import { projectRoot } from "../support/projectRoot.js";
import { type Workbench, workbench } from "./placelock.js";

const ofBackup = "the secret of the backup, as a file holds it";
const ofDatabase = "the secret of the database that is there";
/** Both are kept in files, not configured. */
const plain = { PLACELOCK_SECRET: "" };

let bench: Workbench;
let other: Workbench;
let token: string;
beforeEach(async () => {
	bench = workbench();
	other = workbench();
	writeFileSync(join(other.folder, "secret"), ofBackup);
	const made = await other.done(["quickstart", "--place", "123456", "--json"], plain);
	token = JSON.parse(made).token;
	await other.done(["backup", backup()], plain);
});
afterEach(() => {
	bench.remove();
	other.remove();
});
const backup = () => join(other.folder, "backup.db");
const restore = (...more: string[]) => [
	"restore",
	backup(),
	"--secret",
	join(other.folder, "secret"),
	...more,
];
const files = () => readdirSync(bench.folder).filter((name) => name.startsWith("secret"));
const secret = () => readFileSync(join(bench.folder, "secret"), "utf8").trim();

/** Runs a restore that exits once a file has been renamed. */
async function cutAfter(name: string, ...more: string[]): Promise<void> {
	const preload = join(projectRoot, "test", "cli", "endAfterNaming.cjs");
	const environment = { ...plain, NODE_OPTIONS: `--require ${preload}`, END_AFTER_NAMING: name };
	const { code, stdout } = await bench.placelock(restore(...more), environment);
	expect({ code, stdout }).toEqual({ code: null, stdout: "" });
}

/** Whether a server starts and knows the key of the backup. */
async function serves(): Promise<boolean> {
	const server = await startProcess(plain, bench.folder);
	const { status } = await server.verify(token, "123456");
	await server.kill();
	return status === 200;
}

describe("an interrupted restore with a secret", () => {
	describe("where another database is, with another secret,", () => {
		beforeEach(async () => {
			writeFileSync(join(bench.folder, "secret"), ofDatabase);
			await bench.done(["workspace", "create", "Old"], plain);
		});

		it("before the exchange has changed nothing", async () => {
			await cutAfter("secret.restoring", "--force");
			expect((await bench.json(["workspace", "list"], plain)).map(({ name }) => name)).toEqual(["Old"]);
			expect(secret()).toBe(ofDatabase);
			await bench.done(restore("--force"), plain);
			expect(await serves()).toBe(true);
			expect(files()).toHaveLength(2);
		});

		it("between database and secret is finished by the next start, which keeps the other secret", async () => {
			await cutAfter("placelock.db", "--force");
			expect(secret()).toBe(ofDatabase);
			const { stdout } = await bench.placelock(["doctor"], { ...plain, PORT: "0" });
			expect(stdout).toMatch(/^warning {2}secret .*a restore was interrupted/m);
			expect(await serves()).toBe(true);
			expect(secret()).toBe(ofBackup);
			const [backupPath, ...more] = files().filter((name) => name !== "secret");
			expect(more).toEqual([]);
			expect(readFileSync(join(bench.folder, backupPath ?? ""), "utf8")).toBe(ofDatabase);
		});
	});

	it("on a new machine is finished by the next command", async () => {
		await cutAfter("placelock.db");
		expect(existsSync(join(bench.folder, "secret"))).toBe(false);
		expect(await bench.json(["workspace", "list"], plain)).toMatchObject([{ name: "My game" }]);
		expect(files()).toEqual(["secret"]);
		expect(await serves()).toBe(true);
	});
});
