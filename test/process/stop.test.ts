import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { call } from "../support/call.js";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { head } from "../support/rawHttp.js";
import { createSeed, type Fixture } from "../support/seed.js";
import { waitFor } from "../support/waitFor.js";

describe("a server process that is asked to end", () => {
	let folder: string;
	let server: ListeningProcess;
	let home: Fixture;
	let admin: string;
	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "placelock-stop-"));
		const store = await openStore({ dataDir: folder }, systemClock);
		const made = createSeed(store, systemClock);
		home = await made.fixture();
		admin = await made.adminToken();
		await store.close();
		server = await startProcess({ LOG_LEVEL: "trace" }, folder);
	});
	afterEach(async () => {
		await server.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	/** What a fresh look into the database says of the key. */
	async function written(): Promise<{ verified: number; lastUse: unknown }> {
		const store = await openStore({ dataDir: folder }, systemClock);
		const hours = await store.usage.hours(home.key.id, 0, Date.now() + 1);
		const lastUse = await store.usage.lastUse(home.key.id);
		await store.close();
		return { verified: hours.reduce((sum, hour) => sum + hour.verified, 0), lastUse };
	}

	async function endsInOrder(): Promise<number> {
		const askedAt = performance.now();
		expect(await server.ended).toEqual({ code: 0, signal: null });
		return performance.now() - askedAt;
	}

	it("answers the calls it has taken, writes their use, and exits 0 within 10 s", async () => {
		const statuses: number[] = [];
		const failures: string[] = [];
		let stopping = false;
		const agent = new Agent({ keepAlive: true });
		const client = async () => {
			while (!stopping || failures.length === 0) {
				try {
					const options = { token: home.token, robloxId: home.place.id, body: {}, agent };
					statuses.push((await call(server.origin, "POST", "/v1/verify", options)).status);
				} catch (error) {
					failures.push((error as NodeJS.ErrnoException).code ?? String(error));
					return;
				}
			}
		};
		const clients = Array.from({ length: 8 }, client);
		await waitFor("a good many calls", () => statuses.length >= 200);
		stopping = true;
		server.child.kill("SIGTERM");
		const [took] = await Promise.all([endsInOrder(), ...clients]);
		agent.destroy();
		expect(took).toBeLessThan(10_000);
		expect(new Set(statuses)).toEqual(new Set([200]));
		// Callers that came too late found nobody, or a connection that was closed before they had sent anything.
		for (const failure of failures) expect(failure).toMatch(/^(ECONNREFUSED|ECONNRESET)$/);
		const { verified, lastUse } = await written();
		expect(verified).toBeGreaterThanOrEqual(statuses.length);
		expect(lastUse).toMatchObject({ placeId: home.place.id, address: "127.0.0.1" });
	});

	it("finishes a call whose body is still coming, and does not wait for connections that are idle", async () => {
		const port = Number(new URL(server.origin).port);
		const idle = new Agent({ keepAlive: true });
		await call(server.origin, "GET", "/livez", { agent: idle });
		const busy = await connected(port);
		const headers = {
			Authorization: `Bearer ${home.token}`,
			"Roblox-Id": home.place.id,
			"Content-Length": 2,
		};
		busy.write(`${head("POST /v1/verify", headers)}{`);
		let answered = "";
		busy.on("data", (chunk) => {
			answered += chunk;
		});
		await waitFor(
			"the call to be under way",
			async () => (await server.call("GET", "/livez")).status === 200,
		);
		server.child.kill("SIGTERM");
		await waitFor("nobody to be let in any more", () =>
			connected(port).then(
				(socket) => void socket.destroy(),
				() => true,
			),
		);
		busy.write("}");
		expect(await endsInOrder()).toBeLessThan(3_000);
		expect(answered).toMatch(/^HTTP\/1\.1 200 OK/);
		expect((await written()).verified).toBe(1);
		idle.destroy();
		busy.destroy();
	});

	it("does not wait longer than its patience for a caller that never ends", async () => {
		const socket = await connected(Number(new URL(server.origin).port));
		socket.write(`${head("POST /v1/verify", { "Content-Length": 2 })}{`);
		await server.call("GET", "/livez");
		server.child.kill("SIGTERM");
		expect(await endsInOrder()).toBeLessThan(10_000);
		socket.destroy();
	});

	it("ends the same way on SIGINT", async () => {
		await server.verify(home.token, home.place.id);
		server.child.kill("SIGINT");
		await endsInOrder();
		expect((await written()).verified).toBe(1);
	});

	it("has written no token anywhere, at any level of its log", async () => {
		const tokens = [home.token, admin];
		const keys = `/v1/workspaces/${home.workspace.id}/keys`;
		const calls: Array<[string, string, string, unknown?]> = [
			["POST", keys, admin, { name: "S", kind: "service", scopes: ["*"] }],
			["POST", `/v1/keys/${home.key.id}/rotate`, admin, {}],
			["POST", "/v1/verify", home.token, { placeId: home.token }],
			["POST", "/v1/verify", home.token, `{"${home.token}`],
			["POST", `/v1/verify?token=${home.token}`, home.token, {}],
			["GET", `/v1/keys/${home.token}`, admin],
			["GET", `/${home.token}`, admin],
			["PATCH", `/v1/keys/${home.key.id}`, admin, { [home.token]: home.token }],
			["POST", `/v1/keys/${home.key.id}/revoke`, admin],
			["POST", "/v1/verify", home.token, {}],
		];
		for (const [method, path, token, body] of calls) {
			const answer = await server.call(method, path, { token, body, robloxId: home.place.id });
			if (typeof answer.body?.token === "string") tokens.push(answer.body.token);
		}
		expect(tokens).toHaveLength(4);
		server.child.kill("SIGTERM");
		await endsInOrder();
		expect(
			server
				.output()
				.split("\n")
				.filter((line) => line.startsWith("{")).length,
		).toBeGreaterThan(calls.length);
		for (const token of tokens) expect(server.output()).not.toContain(token.slice(-38));
	});
});

function connected(port: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => resolve(socket));
		socket.on("error", reject);
	});
}
