import { useServer } from "../support/useServer.js";

const server = useServer();
let admin: string;
let workspacePath: string;
let placePath: string;
let keyPath: string;
let token: string;
beforeAll(async () => {
	admin = await server.adminToken();
	const home = await server.fixture();
	token = home.token;
	workspacePath = `/v1/workspaces/${home.workspace.id}`;
	placePath = `${workspacePath}/places/${home.place.id}`;
	// In another workspace: names of keys are unique within one.
	keyPath = `/v1/keys/${(await server.fixture()).key.id}`;
});

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
		["padded in front", " Obby", "must not start or end with white space"],
		["padded behind", "Obby\u3000", "must not start or end with white space"],
		["of two lines", "Obby\nTycoon", "must not contain control characters or line breaks"],
		["colouring a terminal", "\u001b[31mObby", "must not contain control characters or line breaks"],
		["turning the text around", "Obby\u202ecba", "must not contain control characters or line breaks"],
	])("is rejected if it is %s", async (_how, name, message) => {
		const { status, body } = await give(name);
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: "name", message }] });
	});

	it("is rejected if it contains a token, which is not repeated", async () => {
		const { status, body, text } = await give(`Key ${token}!`);
		expect(status).toBe(400);
		expect(body.errors).toEqual([
			{ path: "name", message: expect.stringContaining("must not contain a token") },
		]);
		expect(text).not.toContain(token.slice(21));
	});

	it("may contain spaces, any script and composed emoji", async () => {
		const { status, body } = await give("Störtebeker 海盗 👩‍🚀  2");
		expect(status).toBeLessThan(300);
		expect(body.name).toBe("Störtebeker 海盗 👩‍🚀  2");
	});
});

it("is reported together with everything else that is wrong with a key", async () => {
	const body = { name: " a", kind: "game", scopes: ["keys.fly"], allowedIps: ["10.1"] };
	const response = await server.call("POST", `${workspacePath}/keys`, { token: admin, body });
	expect(response.body.errors.map(({ path }: { path: string }) => path)).toEqual([
		"name",
		"scopes.0",
		"allowedIps.0",
	]);
});

describe("a token", () => {
	const pasted = () => `as in ${token}`;
	const invitations = () => `${workspacePath}/invitations`;

	it.each([
		[
			"the description of a key",
			"description",
			() => ["POST", `${workspacePath}/keys`, { name: "D", kind: "game", scopes: [], description: pasted() }],
		],
		["a key's new description", "description", () => ["PATCH", keyPath, { description: pasted() }]],
		[
			"the description of an admin key",
			"description",
			() => ["POST", "/v1/account/keys", { name: "D", scopes: [], description: pasted() }],
		],
		["the name of an admin key", "name", () => ["POST", "/v1/account/keys", { name: pasted(), scopes: [] }]],
		["an invitation's note", "note", () => ["POST", invitations(), { role: "viewer", note: pasted() }]],
	] as ReadonlyArray<readonly [string, string, () => [string, string, object]]>)(
		"is rejected in %s, and stored nowhere",
		async (_where, path, callWith) => {
			const [method, url, body] = callWith();
			const response = await server.call(method, url, { token: admin, body });
			expect(response.status).toBe(400);
			expect(response.body.errors).toEqual([
				{ path, message: expect.stringContaining("must not contain a token") },
			]);
			const audit = await server.call("GET", "/v1/audit?limit=100", { token: admin });
			expect(audit.status).toBe(200);
			for (const text of [response.text, audit.text]) expect(text).not.toContain(token.slice(21));
		},
	);

	it("may be mentioned by its start, and texts can be cleared", async () => {
		const body = { description: `replaces ${token.slice(0, 21)}…` };
		expect((await server.call("PATCH", keyPath, { token: admin, body })).body).toMatchObject(body);
		const cleared = await server.call("PATCH", keyPath, { token: admin, body: { description: null } });
		expect(cleared.status).toBe(200);
	});
});
