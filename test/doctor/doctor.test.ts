import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "../../server/boot/config.js";
import { checkAddress } from "../../server/doctor/address.js";
import { checkClock } from "../../server/doctor/clock.js";
import { checkConfiguration } from "../../server/doctor/configuration.js";
import { checkDatabase } from "../../server/doctor/database.js";
import { checkDataDirectory } from "../../server/doctor/dataDirectory.js";
import type { Finding } from "../../server/doctor/finding.js";
import { checkProxies } from "../../server/doctor/proxies.js";
import { checkSecret } from "../../server/doctor/secret.js";
import { secretFingerprint } from "../../server/secrets/secretFingerprint.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { migrate, schemaVersion } from "../../server/storage/sqlite/migrations.js";
import { describeWithMongo, describeWithPrivateMongo } from "../support/mongodb.js";
import { testSecrets } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "placelock-doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The problems and warnings, each with a fix: `status: message`. */
function wrong(findings: readonly Finding[]): string[] {
	return findings
		.filter(({ status }) => status !== "ok")
		.map(({ status, message, fix }) => {
			expect(fix).toMatch(/\S/);
			return `${status}: ${message}`;
		});
}

const settingsOf = (environment: Record<string, string>) =>
	readSettings({ PLACELOCK_DATA_DIR: folder, PLACELOCK_SECRET: testSecrets.current, ...environment });

describe("the configuration", () => {
	const found = (environment: Record<string, string>) => wrong(checkConfiguration(environment, {}).findings);

	it("is fine when nothing is set", () => {
		expect(found({})).toEqual([]);
	});

	it("reports each of its problems", () => {
		expect(found({ PORT: "x", LOG_LEVEL: "loud" })).toEqual([
			expect.stringContaining("problem: PORT"),
			expect.stringContaining("problem: LOG_LEVEL"),
		]);
	});

	it("must not require a network when none is configured", () => {
		const asks = { PLACELOCK_PLACE_PROOF: "network" };
		expect(found(asks)).toEqual([expect.stringContaining("every game server is denied")]);
		expect(found({ ...asks, PLACELOCK_ROBLOX_NETWORKS: "128.116.0.0/17" })).toEqual([]);
		expect(found({ PLACELOCK_PLACE_PROOF: "claimed" })).toEqual([expect.stringMatching(/^warning: /)]);
	});
});

describe("the data directory", () => {
	it("may be created on the first start", () => {
		expect(checkDataDirectory(join(folder, "a", "b"))).toEqual([
			{
				check: "data directory",
				status: "ok",
				message: expect.stringContaining("will be created on the first start"),
			},
		]);
	});

	it("must be a folder", () => {
		const file = join(folder, "file");
		writeFileSync(file, "");
		expect(wrong(checkDataDirectory(file))).toEqual([`problem: ${file} is not a folder`]);
	});

	const onPosix = process.platform === "win32" ? it.skip : it;
	onPosix("must be closed to others", () => {
		const open = join(folder, "open");
		mkdirSync(open);
		writeFileSync(join(open, "secret"), "");
		chmodSync(join(open, "secret"), 0o644);
		chmodSync(open, 0o755);
		const [found] = checkDataDirectory(open);
		expect(found).toMatchObject({
			status: "problem",
			fix: expect.stringContaining(`chmod 700 ${open}; chmod 600`),
		});
		chmodSync(open, 0o700);
		expect(wrong(checkDataDirectory(open))).toEqual([]);
	});
});

describe("the embedded database", () => {
	const file = () => join(folder, "placelock.db");
	const look = async () => wrong((await checkDatabase(settingsOf({}))).findings);

	it("is fine before the first start and after it", async () => {
		expect(await look()).toEqual([]);
		const connection = new Connection(file());
		await migrate(connection);
		await connection.close();
		expect(await look()).toEqual([]);
	});

	it("may be older but not newer, and must be a Placelock database", async () => {
		const connection = new Connection(file());
		await migrate(connection, 1);
		expect(await look()).toEqual([`warning: its schema is 1; this Placelock uses ${schemaVersion}`]);
		await connection.read(() => connection.exec("PRAGMA user_version = 1000"));
		const { findings } = await checkDatabase(settingsOf({}));
		expect(findings).toMatchObject([
			{
				status: "problem",
				message: expect.stringContaining("newer Placelock"),
				fix: "Use the newer version, or restore a backup from before the upgrade.",
			},
		]);
		await connection.close();
	});

	it("must be one", async () => {
		writeFileSync(file(), "hello ".repeat(1_000));
		const { findings } = await checkDatabase(settingsOf({}));
		expect(findings).toMatchObject([
			{
				status: "problem",
				message: `${file()} is not a database`,
				fix: expect.stringMatching(/PLACELOCK_DATA_DIR.*restore the newest backup/),
			},
		]);
	});

	it("must be a Placelock's", async () => {
		const connection = new Connection(file());
		await connection.read(() => connection.exec("CREATE TABLE x (y); PRAGMA user_version = 1"));
		await connection.close();
		const { findings } = await checkDatabase(settingsOf({}));
		expect(findings).toMatchObject([
			{
				message: expect.stringContaining("is not a Placelock database"),
				fix: expect.stringContaining("PLACELOCK_DATA_DIR"),
			},
		]);
	});
});

describeWithMongo("a MongoDB database", (mongodb) => {
	it("is checked with its replica set and its clock", async () => {
		const { findings, aheadMs } = await checkDatabase(settingsOf({ MONGODB_URI: mongodb.newUri() }));
		expect(wrong(findings)).toEqual([]);
		expect(findings.map(({ check }) => check)).toEqual(["database", "replica set"]);
		expect(Math.abs(aheadMs ?? Number.NaN)).toBeLessThan(3_000);
	});

	it("that does not respond is a problem, reported without its password", async () => {
		const uri = "mongodb://u:hunter2@127.0.0.1:9/db";
		const { findings } = await checkDatabase(settingsOf({ MONGODB_URI: uri }));
		expect(wrong(findings)).toEqual([expect.stringMatching(/^problem: .*127\.0\.0\.1:9/)]);
		expect(JSON.stringify(findings)).not.toContain("hunter2");
	});
});

describeWithPrivateMongo("a MongoDB that is a lone server", (start) => {
	it("gets instructions to become a replica set", async () => {
		const server = await start({ lone: true });
		const { findings } = await checkDatabase(settingsOf({ MONGODB_URI: server.uri("db") }));
		expect(findings).toMatchObject([{ check: "replica set", status: "problem" }]);
		expect(findings[0]?.message).toContain("rs.initiate()");
		await server.remove();
	});
});

describe("the secret", () => {
	const look = (environment: Record<string, string>, mark?: string) =>
		wrong(checkSecret(settingsOf(environment), mark).findings);
	const other = "another secret that is long enough to be one";

	it("must be the database's", () => {
		const mark = secretFingerprint(testSecrets.current);
		expect(look({}, mark)).toEqual([]);
		expect(look({ PLACELOCK_SECRET: other }, mark)).toEqual([
			expect.stringMatching(/^problem: .*another secret/),
		]);
		const older = "an older secret without a comma that is long";
		const changed = { PLACELOCK_SECRET: other, PLACELOCK_RETIRED_SECRETS: older };
		expect(look(changed, secretFingerprint(older))).toEqual([expect.stringMatching(/^warning: .*retired/)]);
	});

	it("must exist, unless it will be created", () => {
		expect(look({ PLACELOCK_SECRET: "" })).toEqual([]);
		expect(look({ PLACELOCK_SECRET: "" }, "mark")).toEqual([
			expect.stringContaining("the secret of the database is missing"),
		]);
		writeFileSync(join(folder, "secret"), "short");
		expect(look({ PLACELOCK_SECRET: "" }, "mark")).toEqual([expect.stringContaining("it is damaged")]);
	});

	it("should be random", () => {
		expect(look({ PLACELOCK_SECRET: "a".repeat(40) })).toEqual([
			expect.stringMatching(/^warning: .*distinct characters \(1\)/),
		]);
	});
});

describe("the clock", () => {
	const now = Date.parse("2026-11-21T12:00:00Z");

	it.each([
		[{}, []],
		[{ databaseAheadMs: 900, publicAheadMs: -900, lastChangeAt: now + 30_000 }, []],
		[{ databaseAheadMs: 5_000 }, ["warning: this clock is 5.0 s behind the database's"]],
		[
			{ publicAheadMs: -90_000 },
			["problem: this clock is 90.0 s ahead of the clock of the server at PUBLIC_URL"],
		],
		[
			{ lastChangeAt: now + 3_600_000 },
			[
				"problem: the last change is dated 2026-11-21T13:00:00.000Z, but this clock shows 2026-11-21T12:00:00.000Z",
			],
		],
	])("beside %j", (others, findings) => {
		expect(wrong(checkClock(now, others))).toEqual(findings);
	});
});

describe("the address", () => {
	const server = useServer();
	let foreign: Server;
	let listener: RequestListener = () => {};
	beforeAll(async () => {
		foreign = createServer((request, response) => listener(request, response));
		await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
	});
	afterAll(async () => {
		await new Promise((resolve) => foreign.close(resolve));
	});
	const look = async (environment: Record<string, string>, secrets = testSecrets) =>
		wrong((await checkAddress(settingsOf({ PORT: "0", ...environment }), secrets)).findings);
	const elsewhere = () => `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;

	it("is reached and is this server", async () => {
		const seen = await checkAddress(
			settingsOf({ PORT: String(server.port), PUBLIC_URL: server.origin }),
			testSecrets,
		);
		expect(wrong(seen.findings)).toEqual([
			`warning: PUBLIC_URL is ${server.origin}, which only this computer can reach`,
		]);
		expect(seen.findings.map(({ message }) => message)).toEqual(
			expect.arrayContaining([
				`the server at ${server.origin} is ready`,
				`${server.origin} reaches this server`,
			]),
		);
		expect(Math.abs(seen.publicAheadMs ?? Number.NaN)).toBeLessThan(3_000);
	});

	it("is missing", async () => {
		expect(await look({})).toEqual([expect.stringMatching(/^warning: PUBLIC_URL is not set/)]);
	});

	it("is a server with another secret", async () => {
		const secrets = { current: "another secret that is long enough to be one", retired: [] };
		expect(await look({ PUBLIC_URL: server.origin }, secrets)).toContainEqual(
			expect.stringMatching(/^problem: .*reaches another Placelock/),
		);
	});

	it.each<[what: string, answer: RequestListener, found: RegExp]>([
		["another program", (_request, response) => response.end("hello"), /^problem: .* is not Placelock/],
		[
			"a redirect",
			(_request, response) => response.writeHead(301, { location: "https://keys.example.com/livez" }).end(),
			/^problem: .* redirects to https:\/\/keys\.example\.com/,
		],
		["nobody who answers", (request) => request.socket.destroy(), /^problem: .* does not respond from here/],
	])("is %s", async (_what, answer, found) => {
		listener = answer;
		expect(await look({ PUBLIC_URL: elsewhere() })).toContainEqual(expect.stringMatching(found));
	});

	it("is not expected to respond while no server runs", async () => {
		const found = await look({ PORT: "9", PUBLIC_URL: "http://127.0.0.1:9" });
		expect(found).toContainEqual(expect.stringMatching(/^warning: .* does not respond from here \(/));
	});
});

describe("the proxies", () => {
	const look = (environment: Record<string, string>) =>
		wrong(checkProxies(settingsOf(environment), environment));
	const https = { PUBLIC_URL: "https://keys.example.com" };

	it.each<[Record<string, string>, RegExp | undefined]>([
		[{}, undefined],
		[https, /^problem: .*no proxy is trusted/],
		[{ ...https, PLACELOCK_TRUSTED_PROXIES: "127.0.0.1" }, undefined],
		[{ ...https, HOST: "0.0.0.0", PLACELOCK_TRUSTED_PROXIES: "10.0.0.0/8" }, undefined],
		[{ ...https, PLACELOCK_TRUSTED_PROXIES: "10.0.0.0/8" }, /^problem: HOST is 127\.0\.0\.1.*always ignored/],
		[{ PLACELOCK_TRUSTED_PROXIES: "0.0.0.0/0" }, /^problem: .*includes public addresses/],
		[{ PLACELOCK_TRUSTED_PROXIES: "::/0,127.0.0.1" }, /^problem: .*includes public addresses/],
	])("with %j", (environment, found) => {
		expect(look(environment)).toEqual(found === undefined ? [] : [expect.stringMatching(found)]);
	});
});
