import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
let server: ListeningProcess;
beforeEach(async () => {
	bench = workbench();
	server = await startProcess({}, bench.folder);
});
afterEach(async () => {
	await server.kill();
	bench.remove();
});

const create = async (...args: string[]) => {
	const { code, stdout, stderr } = await bench.placelock(["admin-key", "create", ...args, "--json"]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	return JSON.parse(stdout);
};
const workspaces = (token: string) => server.call("GET", "/v1/workspaces", { token });

describe("placelock admin-key create", () => {
	it("prints the ID and the token of a key that may use the whole management API", async () => {
		const made = await create();
		expect(Object.keys(made)).toEqual(["keyId", "token"]);
		expect(made.token).toMatch(/^plk_adm_\w{50}$/);
		expect((await workspaces(made.token)).status).toBe(200);
		const created = await server.call("POST", "/v1/workspaces", { token: made.token, body: { name: "A" } });
		expect(created.status).toBe(201);
	});

	it("finds unused names, however many are created in the same second", async () => {
		const made = await Promise.all([create(), create(), create(), create()]);
		expect(new Set(made.map((key) => key.keyId)).size).toBe(4);
	});

	it("grants exactly the given scopes", async () => {
		const { token } = await create("--scopes", "places.read, workspaces.read");
		expect((await workspaces(token)).status).toBe(200);
		const refused = await server.call("POST", "/v1/workspaces", { token, body: { name: "A" } });
		expect(refused.body.code).toBe("scope_missing");
	});

	it("rejects a name that is taken, with the code of the catalogue", async () => {
		await create("--name", "deploy");
		const again = await bench.placelock(["admin-key", "create", "--name", "DEPLOY", "--json"]);
		expect(again).toMatchObject({ code: 1, stdout: "" });
		expect(JSON.parse(again.stderr).error).toMatchObject({ code: "name_taken" });
	});

	it("shows people the token once, a curl command without it, the expiry, and how to revoke the key", async () => {
		const { stdout } = await bench.placelock(["admin-key", "create", "--expires-days", "30"], {
			PUBLIC_URL: server.origin,
		});
		const [token = "", ...others] = stdout.match(/plk_adm_\w{50}/g) ?? [];
		expect(others).toEqual([]);
		expect((await workspaces(token)).status).toBe(200);
		expect(stdout).toContain(`curl -H "Authorization: Bearer $ADMIN_TOKEN" ${server.origin}/v1/workspaces`);
		expect(stdout).toMatch(/expires 20\d\d-/);
		expect(stdout).toContain("admin-key revoke");
	});
});

describe("placelock admin-key revoke", () => {
	it("revokes a key within a second at a server that had it cached", async () => {
		const { keyId, token } = await create();
		expect((await workspaces(token)).status).toBe(200);
		const { code, stdout } = await bench.placelock(["admin-key", "revoke", keyId, "--yes", "--json"]);
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toEqual({ keyId, revokedAt: expect.stringMatching(/Z$/) });
		const refused = await waitFor(
			"the key to be refused",
			async () => {
				const answer = await workspaces(token);
				return answer.status === 401 && answer;
			},
			1_000,
		);
		expect(refused.body.code).toBe("key_revoked");
		expect((await bench.placelock(["admin-key", "revoke", keyId])).code).toBe(0);
	});

	it("treats keys that are not admin keys like unknown keys", async () => {
		const made = await bench.placelock(["quickstart", "--place", "1", "--json"]);
		for (const keyId of [JSON.parse(made.stdout).keyId, "8Fh2kQ0pLm3x"]) {
			const { code, stderr } = await bench.placelock(["admin-key", "revoke", keyId]);
			expect(code).toBe(1);
			expect(stderr).toContain(`No admin key has the ID ${keyId}`);
		}
	});

	it("fails without a terminal unless --yes is passed", async () => {
		const { keyId, token } = await create();
		const { code, stderr } = await bench.placelock(["admin-key", "revoke", keyId]);
		expect(code).toBe(64);
		expect(stderr).toMatch(/revokes admin key [\s\S]+ --yes/);
		expect((await workspaces(token)).status).toBe(200);
	});

	it("does not repeat a token pasted instead of the ID", async () => {
		const { token } = await create();
		const { code, stdout, stderr } = await bench.placelock(["admin-key", "revoke", token]);
		expect(code).toBe(64);
		expect(stdout + stderr).not.toContain(token);
	});
});

describe("placelock admin-key rotate and delete", () => {
	it("rotate it with or without an overlap, and delete it once revoked", async () => {
		const made = await create("--name", "deploy");
		const [rotated] = await bench.json(["admin-key", "rotate", made.keyId, "--overlap-seconds", "3600"]);
		expect(rotated).toMatchObject({
			id: made.keyId,
			name: "deploy",
			kind: "admin",
			token: expect.any(String),
		});
		expect((await workspaces(made.token)).status).toBe(200);
		expect((await workspaces(rotated.token)).status).toBe(200);

		const now = ["admin-key", "rotate", made.keyId, "--overlap-seconds", "0"];
		expect((await bench.placelock(now)).code).toBe(64);
		const [last] = await bench.json([...now, "--yes"]);
		await waitFor("the old ones to be refused", async () => (await workspaces(rotated.token)).status === 401);
		expect((await workspaces(last.token)).status).toBe(200);

		const remove = ["admin-key", "delete", made.keyId, "--yes"];
		expect((await bench.placelock(remove)).stderr).toContain("revoke");
		await bench.json(["admin-key", "revoke", made.keyId, "--yes"]);
		expect(await bench.json(remove)).toEqual([{ keyId: made.keyId, deleted: true }]);
		expect(await bench.json(["admin-key", "list"])).toEqual([]);
		expect(await bench.placelock(remove)).toMatchObject({
			code: 1,
			stderr: expect.stringContaining(`No admin key has the ID ${made.keyId}`),
		});
	});

	it("do not find keys of workspaces", async () => {
		const [{ keyId }] = await bench.json(["quickstart", "--place", "1"]);
		for (const command of ["rotate", "delete"]) {
			expect((await bench.placelock(["admin-key", command, keyId])).code).toBe(1);
		}
	});
});
