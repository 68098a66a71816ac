import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine, type Services } from "../../server/core/context.js";
import { Problem } from "../../server/core/problem.js";
import { type ForeignKey, type ImportReport, importKeys } from "../../server/keys/importKeys.js";
import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import { type Fixture, testSecrets } from "../support/seed.js";
import type { TestServer } from "../support/server.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

let count = 0;

/** A token as another system creates them. */
function foreignToken(prefix = "auxvyn_"): { token: string; sha256: Buffer; prefix: string } {
	const token = `${prefix}${createHash("sha256").update(`${++count}`).digest("hex")}`;
	return { token, prefix, sha256: createHash("sha256").update(token).digest() };
}

/** Two instances on one database; keys are imported by another process, as by the command line. */
function suite(place: () => { mongodbUri?: string; dataDir?: string }): void {
	const clock = new FakeClock();
	const here = useServer(() => ({ ...place(), clock }));
	const there = useServer(() => ({
		...place(),
		clock,
		secrets: { current: "another secret, 32 bytes or more of it", retired: [testSecrets.current] },
	}));
	let home: Fixture;
	let admin: string;

	beforeAll(async () => {
		admin = await here.adminToken();
	});
	beforeEach(async () => {
		// The failures of one test must not cause `too_many_failures` in the next.
		clock.advance(60_000);
		home = await here.fixture();
	});

	const services = (): Services => ({
		store: there.store,
		clock,
		secrets: testSecrets,
		invalidate: () => {},
	});
	const importAll = async (
		keys: readonly ForeignKey[],
		options: { readonly dryRun?: boolean; readonly deletedToo?: boolean } = {},
	): Promise<ImportReport> => {
		const report = await importKeys(services(), home.workspace.id, keys, commandLine, options);
		if (report instanceof Problem) throw report;
		return report;
	};
	const foreignKey = (
		input: Partial<ForeignKey["input"]> = {},
		foreign = foreignToken(),
	): ForeignKey & { token: string } => ({
		...foreign,
		line: ++count,
		input: { name: `Imported ${++count}`, kind: "game", scopes: [], ...input },
	});
	const outcome = async (server: TestServer, token: string, from = home.place.id) =>
		(await server.verify(token, from)).body.code ?? "ok";
	const known = (token: string) =>
		waitFor(
			"the import at both instances",
			async () => {
				return (
					(await outcome(here, token)) !== "key_unknown" && (await outcome(there, token)) !== "key_unknown"
				);
			},
			1_000,
		);
	/** Both instances first remember that the token is unknown, so that only the change feed can make them recognise it. */
	const importKnown = async (key: ForeignKey & { token: string }) => {
		for (const server of [here, there]) expect(await outcome(server, key.token)).toBe("key_unknown");
		await importAll([key]);
		await known(key.token);
	};
	const list = async (query: string) =>
		(await here.call("GET", `/v1/workspaces/${home.workspace.id}/keys?${query}`, { token: admin })).body.data;

	it("verify within a second at every instance that did not know them before, under any secret", async () => {
		const first = foreignKey({}, foreignToken("brandnew_"));
		const second = foreignKey({}, foreignToken("brandnew_"));
		for (const { token } of [first, second]) {
			for (const server of [here, there]) expect(await outcome(server, token)).toBe("key_unknown");
		}
		for (const each of [first, second]) {
			expect(await importAll([each])).toEqual({ imported: 1, known: 0, rejected: [] });
			await known(each.token);
			for (const server of [here, there]) expect(await outcome(server, each.token)).toBe("ok");
		}
	});

	it("are checked like any other key: status, place, scope, kind", async () => {
		const key = foreignKey();
		await importKnown(key);
		expect(await outcome(here, key.token, "1")).toBe("place_not_allowed");
		const denied = await here.call("GET", "/v1/workspaces", { token: key.token });
		expect(denied.body.code).toBe("kind_not_allowed");
		const [{ id }] = await list(`search=${encodeURIComponent(key.input.name)}`);
		await here.call("POST", `/v1/keys/${id}/disable`, { token: admin });
		expect(await outcome(here, key.token)).toBe("key_disabled");
		await waitFor("the news", async () => (await outcome(there, key.token)) === "key_disabled", 1_000);
	});

	it("cost no read once they are known, like Placelock's own tokens", async () => {
		const key = foreignKey();
		await importKnown(key);
		here.store.clearCalls();
		for (let n = 0; n < 10; n++) expect(await outcome(here, key.token)).toBe("ok");
		expect(here.store.calls).toEqual([]);
	});

	it("leave tokens that were not imported unknown, without a read if they start differently", async () => {
		const key = foreignKey();
		await importKnown(key);
		here.store.clearCalls();
		for (const token of [
			"x",
			"auxvyn",
			"Auxvyn_1",
			`plk_game_${"0".repeat(50)}`,
			`_${key.token}`,
			"k".repeat(5_000),
		]) {
			expect(await outcome(here, token)).toBe("key_unknown");
		}
		expect(here.store.calls).toEqual([]);
		for (let n = 0; n < 5; n++) expect(await outcome(here, `${key.token}0`)).toBe("key_unknown");
		expect(here.store.calls).toEqual(["imports.keyIdOf"]);
	});

	it("cannot be replaced by their digest, which is not what is stored either", async () => {
		const key = foreignKey();
		await importKnown(key);
		for (const text of [
			key.sha256.toString("hex"),
			`auxvyn_${key.sha256.toString("hex")}`,
			key.sha256.toString("base64"),
		]) {
			expect(await outcome(here, text)).toBe("key_unknown");
		}
		const [{ id }] = await list(`search=${encodeURIComponent(key.input.name)}`);
		const stored = await here.store.keys.findById(id);
		expect(stored?.digest.equals(key.sha256)).toBe(false);
		expect(await here.store.imports.keyIdOf(key.sha256)).toBeUndefined();
	});

	it("get one of Placelock's tokens by rotation, and keep the foreign one for the overlap", async () => {
		const key = foreignKey();
		await importKnown(key);
		const [before] = await list(`search=${encodeURIComponent(key.input.name)}`);
		expect(before.tokenStart).toBe("auxvyn_…");
		expect((await list("search=auxv")).map(({ id }: { id: string }) => id)).toContain(before.id);
		const rotate = (overlapSeconds: number) =>
			here.call("POST", `/v1/keys/${before.id}/rotate`, { token: admin, body: { overlapSeconds } });
		const { body: after } = await rotate(60);
		expect(after.tokenStart).toBe(`plk_game_${before.id}`);
		for (const server of [here, there]) {
			await waitFor("the new token", async () => (await outcome(server, after.token)) === "ok", 1_000);
			const { body } = await server.verify(key.token, home.place.id);
			expect(body.key).toMatchObject({ id: before.id, rotateBy: after.previousValidUntil });
		}
		clock.advance(60_000);
		expect(await outcome(here, key.token)).toBe("token_rotated");
		expect(await outcome(here, after.token)).toBe("ok");
		await rotate(0);
		expect(await outcome(here, key.token)).toBe("key_unknown");
	});

	it("stay unknown once their key is deleted, at the cost of any unknown token, unless imported again on purpose", async () => {
		const key = foreignKey();
		await importKnown(key);
		const [{ id }] = await list(`search=${encodeURIComponent(key.input.name)}`);
		await here.call("POST", `/v1/keys/${id}/revoke`, { token: admin });
		expect(await outcome(here, key.token)).toBe("key_revoked");
		expect(await importAll([key])).toMatchObject({ imported: 0, known: 1 });
		await here.call("DELETE", `/v1/keys/${id}`, { token: admin });
		expect(await outcome(here, key.token)).toBe("key_unknown");
		const rejected = [
			{
				line: key.line,
				column: "digest",
				reason: "known_deleted",
				message: "was imported before, and its key was deleted since",
			},
		];
		expect(await importAll([key], { dryRun: true })).toEqual({ imported: 0, known: 0, rejected });
		expect(await importAll([key])).toEqual({ imported: 0, known: 0, rejected });
		home = await here.fixture();
		expect(await importAll([key])).toEqual({ imported: 0, known: 0, rejected });
		// Importing another key makes both instances drop what they remember of foreign tokens.
		await importKnown(foreignKey());
		for (const token of [`${key.token}0`, key.token]) {
			here.store.clearCalls();
			for (let n = 0; n < 5; n++) expect(await outcome(here, token)).toBe("key_unknown");
			expect(here.store.calls).toEqual(["imports.keyIdOf"]);
		}
		expect(await importAll([key], { dryRun: true, deletedToo: true })).toMatchObject({ imported: 1 });
		expect(await importAll([key], { deletedToo: true })).toMatchObject({ imported: 1, rejected: [] });
		await known(key.token);
	});

	it("are introspected by another backend, however long their tokens are", async () => {
		const long = foreignToken(`sk_${"x".repeat(29)}`);
		const token = long.token + "y".repeat(1024 - long.token.length);
		const key = foreignKey({}, { ...long, sha256: createHash("sha256").update(token).digest() });
		await importKnown({ ...key, token });
		const { token: asking } = await here.key(home.workspace.id, {
			kind: "service",
			scopes: ["keys.introspect"],
		});
		const { token: stranger } = await here.key((await here.workspace()).id, {
			kind: "service",
			scopes: ["keys.introspect"],
		});
		const ask = (by: string) =>
			here.call("POST", "/v1/keys/introspect", { token: by, body: { token, placeId: home.place.id } });
		expect((await ask(asking)).body).toMatchObject({ active: true, key: { name: key.input.name } });
		expect((await ask(stranger)).body).toEqual({ active: false, code: "key_unknown" });
	});

	it("are imported once, however often; a problem with one does not stop the others", async () => {
		const first = foreignKey({ name: "First" });
		expect(await importAll([first])).toMatchObject({ imported: 1 });
		const second = foreignKey({ name: "Second" });
		const rows = [
			first,
			second,
			foreignKey({ name: "FIRST" }),
			{ ...foreignKey({ name: "Other" }), sha256: second.sha256 },
			foreignKey({ name: "second" }),
			foreignKey({ name: "Third" }),
		];
		const rejected = [
			{ line: rows[2]?.line, column: "name", message: `is the same as in line ${first.line}` },
			{ line: rows[3]?.line, column: "digest", message: `is the same as in line ${second.line}` },
			{ line: rows[4]?.line, column: "name", message: `is the same as in line ${second.line}` },
		];
		expect(await importAll(rows, { dryRun: true })).toEqual({ imported: 2, known: 1, rejected });
		expect(await list("search=third")).toEqual([]);
		expect(await importAll(rows)).toEqual({ imported: 2, known: 1, rejected });
		expect(await importAll(rows)).toEqual({ imported: 0, known: 3, rejected });
		const taken = foreignKey({ name: "THIRD" });
		expect((await importAll([taken])).rejected).toMatchObject([{ line: taken.line, column: "name" }]);
	});

	it("have one audit entry per key, without digests", async () => {
		const keys = [foreignKey(), foreignKey()];
		await importAll(keys);
		const path = `/v1/workspaces/${home.workspace.id}/audit?action=keys.import`;
		const { body, text } = await here.call("GET", path, { token: admin });
		expect(body.data).toHaveLength(2);
		expect(body.data).toMatchObject([
			{ actor: { type: "command-line" }, targetType: "key", after: { importedPrefix: "auxvyn_" } },
			{ after: { name: expect.stringMatching(/^Imported/) } },
		]);
		for (const { sha256 } of keys) expect(text).not.toContain(sha256.toString("hex"));
	});

	it("are imported in many batches, up to the limit of the workspace", async () => {
		const { id } = await here.workspace({ maxKeys: 450 });
		const rows = Array.from({ length: 460 }, () => foreignKey());
		const steps: number[] = [];
		const run = (dryRun: boolean) =>
			importKeys(services(), id, rows, commandLine, { dryRun, progress: (done) => steps.push(done) });
		for (const dryRun of [true, false]) {
			const report = await run(dryRun);
			expect(report).toMatchObject({ imported: 450, known: 0 });
			expect(report).toHaveProperty(
				"rejected",
				rows.slice(450).map(({ line }) => ({
					line,
					reason: "limit_reached",
					message: expect.stringMatching(/^exceeds/),
				})),
			);
		}
		const { batchSize } = here.store.imports;
		expect(steps).toHaveLength(2 * Math.ceil(460 / batchSize));
		expect(steps.at(-1)).toBe(460);
		expect(await importKeys(services(), "ws_none", rows, commandLine)).toMatchObject({ code: "not_found" });
	});
}

describe("imported keys on one SQLite file", () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-imported-"));
	afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
	suite(() => ({ dataDir }));
});

describeWithMongo("imported keys on one MongoDB", (mongodb) => {
	const mongodbUri = mongodb.newUri();
	suite(() => ({ mongodbUri }));
});
