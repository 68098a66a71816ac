import { FakeClock } from "../support/clock.js";
import { useServer } from "../support/useServer.js";

const clock = new FakeClock();
const server = useServer({ clock });
let admin: string;
let workspacePath: string;
let placePath: string;
let keyPath: string;
beforeAll(async () => {
	admin = await server.adminToken();
	const home = await server.fixture({ workspace: { idleDays: 5 }, key: { scopes: ["bans.read"] } });
	workspacePath = `/v1/workspaces/${home.workspace.id}`;
	placePath = `${workspacePath}/places/${home.place.id}`;
	keyPath = `/v1/keys/${home.key.id}`;
});

const entries = async () =>
	(await server.call("GET", `${workspacePath}/audit`, { token: admin })).body.data.length;
const get = async (path: string) => {
	const list = path === placePath ? `${workspacePath}/places` : path;
	const { body } = await server.call("GET", list, { token: admin });
	return path === placePath ? body.data[0] : body;
};

describe("a change that changes nothing writes nothing", () => {
	it.each([
		["a workspace, given nothing", "PATCH", () => workspacePath, {}],
		["a workspace, given its own values", "PATCH", () => workspacePath, { name: "Obby Studio", idleDays: 5 }],
		["a workspace, cleared of what it has not", "PATCH", () => workspacePath, { placeProof: null }],
		["a place, given nothing", "PATCH", () => placePath, {}],
		["a place, given its own values", "PATCH", () => placePath, { name: "Lobby", status: "active" }],
		["a place, put as it is", "PUT", () => placePath, { name: "Lobby" }],
		["a key, given nothing", "PATCH", () => keyPath, {}],
		["a key, given its own values", "PATCH", () => keyPath, { scopes: ["bans.read"], placeIds: [] }],
		["a key, cleared of what it has not", "PATCH", () => keyPath, { description: null, quota: null }],
	])("%s", async (_what, method, path, body) => {
		const [record, count] = [await get(path()), await entries()];
		clock.advance(1_000);
		const response = await server.call(method, path(), { token: admin, body });
		expect([response.status, response.body]).toEqual([200, record]);
		expect(await get(path())).toEqual(record);
		expect(await entries()).toBe(count);
	});

	it("but a revoked key accepts no change, not even an empty one", async () => {
		const { key } = await server.key(workspacePath.slice("/v1/workspaces/".length));
		await server.call("POST", `/v1/keys/${key.id}/revoke`, { token: admin });
		const { body } = await server.call("PATCH", `/v1/keys/${key.id}`, { token: admin, body: {} });
		expect(body.code).toBe("key_already_revoked");
	});

	it("and one that changes something still does", async () => {
		const [record, count] = [await get(workspacePath), await entries()];
		clock.advance(1_000);
		await server.call("PATCH", workspacePath, { token: admin, body: { name: "Obby Studio", idleDays: 6 } });
		const updatedAt = new Date(clock.now()).toISOString();
		expect(await get(workspacePath)).toEqual({ ...record, idleDays: 6, updatedAt });
		expect(await entries()).toBe(count + 1);
	});
});
