import { startServer, type TestServer } from "../support/server.js";

let server: TestServer;
let admin: string;
let workspacePath: string;
let placePath: string;
let keyPath: string;
beforeAll(async () => {
	server = await startServer();
	admin = await server.adminToken();
	const home = await server.home();
	workspacePath = `/v1/workspaces/${home.workspace.id}`;
	placePath = `${workspacePath}/places/${home.place.id}`;
	// Of another workspace: names of keys are unique in one.
	keyPath = `/v1/keys/${(await server.home()).key.id}`;
});
afterAll(() => server.close());

const calls: ReadonlyArray<
	readonly [string, (name: string) => [method: string, path: string, body: object]]
> = [
	["making a workspace", (name) => ["POST", "/v1/workspaces", { name }]],
	["changing one", (name) => ["PATCH", workspacePath, { name }]],
	["allowing a place", (name) => ["PUT", `${workspacePath}/places/5`, { name }]],
	["changing one", (name) => ["PATCH", placePath, { name }]],
	["making a key", (name) => ["POST", `${workspacePath}/keys`, { name, kind: "game", scopes: [] }]],
	["changing one", (name) => ["PATCH", keyPath, { name }]],
];

describe.each(calls)("the name given for %s", (_what, callWith) => {
	const give = (name: string) => {
		const [method, path, body] = callWith(name);
		return server.call(method, path, { token: admin, body });
	};

	it.each([
		["blank", "   ", "must not be blank"],
		["nothing but what cannot be seen", "\u200b\u3164", "must not be blank"],
		["padded in front", " Obby", "must not begin or end with white space"],
		["padded behind", "Obby\u3000", "must not begin or end with white space"],
		["of two lines", "Obby\nTycoon", "must not hold control characters or line breaks"],
		["colouring a terminal", "\u001b[31mObby", "must not hold control characters or line breaks"],
		["turning the text around", "Obby\u202ecba", "must not hold control characters or line breaks"],
	])("is refused when it is %s", async (_how, name, message) => {
		const { status, body } = await give(name);
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: "name", message }] });
	});

	it("may hold spaces, any script and emoji of several parts", async () => {
		const { status, body } = await give("Störtebeker 海盗 👩‍🚀  2");
		expect(status).toBeLessThan(300);
		expect(body.name).toBe("Störtebeker 海盗 👩‍🚀  2");
	});
});

it("is refused together with what else is wrong with a key", async () => {
	const body = { name: " a", kind: "game", scopes: ["keys.fly"], allowedIps: ["10.1"] };
	const answer = await server.call("POST", `${workspacePath}/keys`, { token: admin, body });
	expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
		"name",
		"scopes.0",
		"allowedIps.0",
	]);
});
