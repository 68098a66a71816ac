import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { releaseFileHandles } from "../../server/storage/sqlite/releaseFileHandles.js";
import { expectShown } from "../docs/shown.js";
import { freePort } from "../support/mongodb/server.js";
import { describeWithPrivateMongo } from "../support/mongodb.js";
import { codeOf, newCredentials } from "../support/person.js";
import { type Environment, runServer, type ServerProcess, startProcess } from "../support/process.js";
import { projectRoot } from "../support/projectRoot.js";
import { createSeed } from "../support/seed.js";
import { waitFor } from "../support/waitFor.js";

let folder: string;
const started: ServerProcess[] = [];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "placelock-process-"));
});
afterEach(async () => {
	await Promise.all(started.splice(0).map((server) => server.kill()));
	rmSync(folder, { recursive: true, force: true });
});

function run(environment: Environment): ServerProcess {
	const server = runServer(environment, folder);
	started.push(server);
	return server;
}

async function refusal(environment: Environment): Promise<{ code: number | null; output: string }> {
	const server = run(environment);
	const { code } = await server.ended;
	return { code, output: server.output() };
}

const greets = (server: ServerProcess) =>
	waitFor("a greeting", () => /listening on (http:\/\/\S+)/.exec(server.output())?.[1]);

/** All that a server says that was started and ended in order. */
async function greeting(): Promise<string> {
	const server = await startProcess({}, folder);
	started.push(server);
	server.child.kill("SIGTERM");
	expect((await server.ended).code).toBe(0);
	return server.output();
}

const readme = readFileSync(join(projectRoot, "README.md"), "utf8").replaceAll("\r\n", "\n");

describe("the server as a process", () => {
	it("needs no configuration: an embedded database, loopback only, and a word on what to do next", async () => {
		// PORT alone, so that tests beside this one do not meet on 8080.
		const server = run({ PORT: "0" });
		const origin = await greets(server);
		expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		const output = await waitFor(
			"all of the greeting",
			() => /quickstart/.test(server.output()) && server.output(),
		);
		expect(output).toContain(`Data: ${join(folder, "data")} (embedded database)`);
		const [, shown = ""] = /```text\n(Placelock is listening[^`]*)```/.exec(readme) ?? [];
		// This process runs the built server; README.md shows npm start, whose greeting says npx.
		const asByNpx = output.replace(/node \S*main\.js quickstart/, "npx placelock quickstart");
		expectShown(shown, asByNpx);
		expect(readdirSync(join(folder, "data"))).toEqual(expect.arrayContaining(["placelock.db", "secret"]));
	});

	it("does not say that there is no workspace when there is one", async () => {
		const store = await openStore({ dataDir: folder }, systemClock);
		await createSeed(store, systemClock).workspace();
		await store.close();
		const output = await greeting();
		expect(output).toContain("No account yet. Create the first one");
		expect(output).not.toContain("workspace");
	});

	it("greets with a link that makes the first account, until there is one", async () => {
		const first = await startProcess({}, folder);
		started.push(first);
		const [link = ""] = await waitFor(
			"the link",
			() => /http:\S+\/setup#\w{43}/.exec(first.output()) ?? undefined,
		);
		expect(link.startsWith(`${first.origin}/`)).toBe(true);
		const body = { code: codeOf(link), ...newCredentials() };
		expect((await first.call("POST", "/v1/setup", { body })).status).toBe(201);
		await first.kill();
		const output = await greeting();
		expect(output).not.toContain("setup");
		expect(output).toContain("No workspace yet. Create one with a place and a key:");
	});

	it("makes its secret once, for its owner only, though two first starts race", async () => {
		const racers = [run({ PORT: "0" }), run({ PORT: "0" }), run({ PORT: "0" })];
		const origins = await Promise.all(racers.map(greets));
		const file = join(folder, "data", "secret");
		expect(readdirSync(join(folder, "data")).filter((name) => name.startsWith("secret"))).toEqual(["secret"]);
		if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
		const current = readFileSync(file, "utf8").trim();
		const store = await openStore({ dataDir: join(folder, "data") }, systemClock);
		const home = await createSeed(store, systemClock, { current, retired: [] }).fixture();
		await store.close();
		for (const origin of origins) {
			const headers = { authorization: `Bearer ${home.token}`, "roblox-id": home.place.id };
			expect((await fetch(`${origin}/v1/verify`, { method: "POST", headers, body: "" })).status).toBe(200);
		}
		expect(racers.map((server) => server.output()).join()).not.toContain(current);
	});

	it("tells all that is wrong with its configuration at once, and exits 78", async () => {
		const { code, output } = await refusal({
			PORT: "http",
			PUBLIC_URL: "keys.example.com",
			MONGODB_URI: "http://127.0.0.1",
			PLACELOCK_SECRET: "short-and-secret",
			PLACELOCK_RETIRED_SECRETS: "retired-and-secret",
			PLACELOCK_TRUSTED_PROXIES: "proxy",
			PLACELOCK_ROBLOX_NETWORKS: "roblox",
			PLACELOCK_PLACE_PROOF: "none",
			LOG_LEVEL: "loud",
			PLACELOCK_TYPO: "1",
		});
		expect(code).toBe(78);
		expect(output).toContain("The configuration has 10 problems:");
		expect(output).not.toMatch(/short-and-secret|retired-and-secret|\n\s+at /);
		expect(existsSync(join(folder, "data"))).toBe(false);
	});

	it("refuses a damaged secret and a data folder that cannot be one, and exits 78", async () => {
		mkdirSync(join(folder, "data"));
		writeFileSync(join(folder, "data", "secret"), "cut off");
		const damaged = await refusal({ PORT: "0" });
		expect(damaged).toMatchObject({
			code: 78,
			output: expect.stringContaining("Restore it from your separate copy"),
		});
		writeFileSync(join(folder, "file"), "");
		const noFolder = await refusal({ PORT: "0", PLACELOCK_DATA_DIR: join(folder, "file", "data") });
		expect(noFolder).toMatchObject({ code: 78, output: expect.stringContaining("PLACELOCK_DATA_DIR") });
		expect(noFolder.output).not.toMatch(/\n\s+at /);
	});

	it.each<[what: string, checkIntegrity: (bytes: Buffer) => Buffer, says: string]>([
		[
			"is damaged",
			(bytes) => Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 7)]),
			"is damaged",
		],
		["is not a database", (bytes) => Buffer.alloc(bytes.length, 7), "is not a database"],
	])(
		"does not start on a database that %s, and exits 78 at once, for somebody to act",
		async (_what, checkIntegrity, says) => {
			await greeting();
			const file = join(folder, "placelock.db");
			// Everything into the one file: what is beside it would be read instead.
			const connection = new Connection(file);
			await connection.read(() => connection.exec("PRAGMA journal_mode = DELETE"));
			await connection.close();
			await releaseFileHandles();
			writeFileSync(file, checkIntegrity(readFileSync(file)));
			const { code, output } = await refusal({ PORT: "0", PLACELOCK_DATA_DIR: folder });
			expect({ code, output }).toEqual({ code: 78, output: expect.stringContaining(`${file} ${says}`) });
			expect(output).toMatch(/restore the newest backup\. For details run npx placelock doctor/);
			expect(output).not.toMatch(/retrying for 30 s|\n\s+at /);
		},
	);

	it("says so when its port is taken, and exits", async () => {
		const other = await new Promise<Server>((resolve) => {
			const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
		});
		const address = other.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		const { code, output } = await refusal({ PORT: String(port) });
		other.close();
		expect(code).toBe(1);
		expect(output).toContain(`127.0.0.1:${port}`);
		expect(output).toContain("set PORT to a free one");
		expect(output).not.toMatch(/\n\s+at /);
	});

	it("says which database it waits for and for how long, and never its password", async () => {
		const port = await freePort();
		const server = run({
			MONGODB_URI: `mongodb://placelock:s3cret@127.0.0.1:${port}/placelock`,
			PLACELOCK_SECRET: "x".repeat(32),
			PORT: "0",
		});
		const output = await waitFor("a word on what it waits for", () => {
			return server.output().includes("trying for 30 s") && server.output();
		});
		expect(output).toContain(`127.0.0.1:${port}`);
		expect(output).not.toContain("s3cret");
		expect(server.child.exitCode).toBeNull();
	});
});

describeWithPrivateMongo("the server on a lone MongoDB", (start) => {
	it("refuses it with the command that makes it a replica set, and exits 78", async () => {
		const mongodb = await start({ lone: true });
		const { code, output } = await refusal({
			MONGODB_URI: mongodb.uri("placelock"),
			PLACELOCK_SECRET: "x".repeat(32),
			PORT: "0",
		});
		await mongodb.remove();
		expect(code).toBe(78);
		expect(output).toContain("--replSet rs0");
		expect(output).toContain("rs.initiate()");
	});
});
