import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Workbench, workbench } from "../cli/placelock.js";
import { describeWithMongo } from "../support/mongodb.js";
import { type Environment, type ListeningProcess, runServer, startProcess } from "../support/process.js";

const one = "one secret for this database and long enough";
const other = "another secret for it and as long as that one";

let bench: Workbench;
const started: ListeningProcess[] = [];
beforeEach(() => {
	bench = workbench();
});
afterEach(async () => {
	await Promise.all(started.splice(0).map((server) => server.kill()));
	bench.remove();
});

async function start(environment: Environment): Promise<ListeningProcess> {
	const server = await startProcess(environment, bench.folder);
	started.push(server);
	return server;
}

async function refusedStart(environment: Environment): Promise<string> {
	const server = runServer({ PORT: "0", PLACELOCK_DATA_DIR: bench.folder, ...environment }, bench.folder);
	expect(await server.ended).toEqual({ code: 78, signal: null });
	return server.output();
}

const quickstart = (environment: Environment) =>
	bench.placelock(["quickstart", "--place", "123456", "--json"], environment);

async function good(server: ListeningProcess, environment: Environment): Promise<void> {
	const { code, stdout } = await quickstart(environment);
	expect(code).toBe(0);
	expect((await server.verify(JSON.parse(stdout).token, "123456")).status).toBe(200);
}

describe("beside a server with a configured secret", () => {
	it.each([
		["quickstart", "--place", "123456"],
		["admin-key", "create"],
		["admin-key", "revoke", "8Fh2kQ0pLm3x"],
	])("%s %s in a shell without it is refused, says why, and makes no secret", async (...args) => {
		const server = await start({ PLACELOCK_SECRET: one });
		const { code, stdout, stderr } = await bench.placelock(args, { PLACELOCK_SECRET: "" });
		expect({ code, stdout }).toEqual({ code: 78, stdout: "" });
		expect(stderr).toContain("PLACELOCK_SECRET is not set");
		expect(stderr).toContain("same environment");
		expect(stderr).toContain(join(bench.folder, "secret"));
		expect(stderr).not.toMatch(/\n\s+at /);
		expect(existsSync(join(bench.folder, "secret"))).toBe(false);
		await good(server, { PLACELOCK_SECRET: one });
	});

	it("a command with another one is refused, in JSON when asked, without telling either", async () => {
		await start({ PLACELOCK_SECRET: one });
		const { code, stdout, stderr } = await quickstart({ PLACELOCK_SECRET: other });
		expect({ code, stdout }).toEqual({ code: 78, stdout: "" });
		const { error } = JSON.parse(stderr);
		expect(error).toMatchObject({
			code: "configuration",
			message: expect.stringContaining("another secret"),
		});
		expect(error.message).toContain("PLACELOCK_RETIRED_SECRETS");
		expect(stderr).not.toMatch(/one secret for|another secret for/);
	});

	it("a server with another one does not start", async () => {
		await start({ PLACELOCK_SECRET: one });
		expect(await refusedStart({ PLACELOCK_SECRET: other })).toContain("used with another secret");
	});
});

it("a secret that is changed with the old one retired holds for everybody from then on", async () => {
	const before = await quickstart({ PLACELOCK_SECRET: one });
	const changed = { PLACELOCK_SECRET: other, PLACELOCK_RETIRED_SECRETS: one };
	const server = await start(changed);
	expect(server.output()).toContain("the secret of this database was changed");
	expect((await server.verify(JSON.parse(before.stdout).token, "123456")).status).toBe(200);
	await good(server, changed);
	expect((await quickstart({ PLACELOCK_SECRET: one })).code).toBe(78);
});

it("a secret configured over the one that was made is a change of it, too", async () => {
	const made = await start({ PLACELOCK_SECRET: "" });
	await good(made, { PLACELOCK_SECRET: "" });
	await made.kill();
	const server = await start({ PLACELOCK_SECRET: one });
	await good(server, { PLACELOCK_SECRET: one });
	expect((await quickstart({ PLACELOCK_SECRET: "" })).stderr).toContain("used with another secret");
});

it("a secret file that is gone is not made anew", async () => {
	expect((await quickstart({ PLACELOCK_SECRET: "" })).code).toBe(0);
	rmSync(join(bench.folder, "secret"));
	expect(await refusedStart({})).toContain("restore it from your separate copy");
	expect(existsSync(join(bench.folder, "secret"))).toBe(false);
});

describeWithMongo("two instances on one MongoDB", (mongodb) => {
	it("do not run with different secrets, and neither does a command", async () => {
		const MONGODB_URI = mongodb.newUri();
		const server = await start({ MONGODB_URI, PLACELOCK_SECRET: one });
		expect(await refusedStart({ MONGODB_URI, PLACELOCK_SECRET: other })).toContain("every instance");
		expect((await quickstart({ MONGODB_URI, PLACELOCK_SECRET: other })).code).toBe(78);
		await good(server, { MONGODB_URI, PLACELOCK_SECRET: one });
	});
});
