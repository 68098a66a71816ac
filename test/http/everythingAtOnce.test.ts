import { createInputRules } from "../../server/api/inputRules.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { FakeClock } from "../support/clock.js";
import { type Person, setUp } from "../support/person.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

/** Input with a wrong shape in one field, and a value that breaks a rule beyond shapes in another. */
interface Wrong {
	readonly query?: string;
	readonly body?: object;
	/** The fields that must be reported, each once. */
	readonly reported: readonly string[];
}

const page: Wrong = { query: "limit=0&cursor=made-up", reported: ["limit", "cursor"] };
const times = "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z";
const pageOfTimes: Wrong = {
	query: `limit=0&cursor=made-up&${times}`,
	reported: ["limit", "cursor", "from"],
};
const exported: Wrong = { query: `more=1&${times}`, reported: ["more", "from"] };
const weak = "password1234";
const newAccount: Wrong = {
	body: { code: 1, name: "Command-Line", password: weak },
	reported: ["code", "name", "password"],
};

const wrong: Readonly<Record<string, Wrong>> = {
	"setup.create": newAccount,
	"invitations.accept": newAccount,
	"password-resets.use": { body: { code: 1, password: weak }, reported: ["code", "password"] },
	"account.change-password": {
		body: { currentPassword: 1, newPassword: weak },
		reported: ["currentPassword", "newPassword"],
	},
	"account.change": { body: { name: "acc_1", more: 1 }, reported: ["more", "name"] },
	"account-keys.list": page,
	"account-keys.create": {
		body: { name: " A", scopes: ["keys.wirte"], allowedIps: ["zz"], expiresAt: "soon", quota: 1 },
		reported: ["expiresAt", "quota", "name", "scopes.0", "allowedIps.0"],
	},
	"accounts.list": page,
	"invitations.create": {
		body: { role: "king", note: `plk_game_${"x".repeat(50)}` },
		reported: ["role", "note"],
	},
	"members.list": page,
	"workspaces.create": { body: { name: "  ", maxKeys: 0 }, reported: ["maxKeys", "name"] },
	"workspaces.list": page,
	"workspaces.change": { body: { name: "a\nb", status: "gone" }, reported: ["status", "name"] },
	"places.list": page,
	"places.put": { body: { name: " a", status: "gone" }, reported: ["status", "name"] },
	"places.change": { body: { name: "a ", status: "gone" }, reported: ["status", "name"] },
	"keys.create": {
		body: {
			name: "  ",
			kind: "game",
			scopes: ["keys.wirte"],
			allowedIps: ["zz"],
			placeIds: ["lobby"],
			expiresAt: "soon",
		},
		reported: ["placeIds.0", "expiresAt", "name", "scopes.0", "allowedIps.0"],
	},
	"keys.list": {
		query: `limit=0&cursor=made-up&search=plk_game_${"x".repeat(50)}`,
		reported: ["limit", "cursor", "search"],
	},
	"keys.change": {
		body: { name: "  ", expiresAt: "2020-01-01T00:00:00Z", description: 1 },
		reported: ["description", "name", "expiresAt"],
	},
	"keys.introspect": { body: { token: 1, address: "here" }, reported: ["token", "address"] },
	"audit.list": pageOfTimes,
	"audit.export": exported,
	"instance-audit.list": pageOfTimes,
	"instance-audit.export": exported,
	"denials.list": page,
	"usage.get": { query: `bucket=week&${times}`, reported: ["bucket", "from"] },
};

const clock = new FakeClock();
const rules = createInputRules(clock);
const server = useServer({ clock });
let home: Fixture;
let admin: string;
let service: string;
let person: Person;
beforeAll(async () => {
	home = await server.fixture();
	admin = await server.adminToken();
	const { body } = await server.call("POST", `/v1/workspaces/${home.workspace.id}/keys`, {
		token: admin,
		body: { name: "S", kind: "service", scopes: ["*"] },
	});
	service = body.token;
	person = await setUp(server);
});

function send(endpoint: Endpoint, { query, body }: Pick<Wrong, "query" | "body">) {
	const ids = { workspaceId: home.workspace.id, keyId: home.key.id, placeId: home.place.id };
	const path = endpoint.path.replace(/:(\w+)/g, (_whole, name: keyof typeof ids) => ids[name] ?? "x");
	const url = query === undefined ? path : `${path}?${query}`;
	if (endpoint.caller === "session") return person.call(endpoint.method, url, { body });
	const token = { admin, service, public: undefined, game: home.token }[endpoint.caller];
	return server.call(endpoint.method, url, { token, body });
}

describe("everything that is wrong with a request", () => {
	it("is tested here for every endpoint with rules beyond shapes", () => {
		expect(Object.keys(wrong).sort()).toEqual(Object.keys(rules).sort());
	});

	it("has rules for every paged list and every stored text", () => {
		const kept = ["name", "note", "description", "newPassword"];
		const ruled = Object.values(endpoints).filter((endpoint: Endpoint) => {
			const { query, body, method } = endpoint;
			const asks = Object.keys(query?.fields ?? {});
			const gives = Object.keys(body?.fields ?? {});
			// Signing in takes a name, but stores nothing of it.
			const keeps = endpoint.name !== "session.create" && gives.some((field) => kept.includes(field));
			return asks.includes("cursor") || asks.includes("from") || (method !== "GET" && keeps);
		});
		expect(ruled.length).toBeGreaterThan(15);
		expect(Object.keys(rules)).toEqual(expect.arrayContaining(ruled.map(({ name }) => name)));
	});

	it.each(Object.entries(wrong))("is reported together by %s, and nothing twice", async (name, input) => {
		const endpoint = Object.values(endpoints).find((one) => one.name === name) as Endpoint;
		const { status, body, text } = await send(endpoint, input);
		expect([status, body.code]).toEqual([400, "validation_failed"]);
		expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(input.reported);
		expect(text).not.toContain("x".repeat(50));
	});

	it("is reported by the handler if all shapes are right", async () => {
		const search = `plk_game_${"x".repeat(50)}`;
		const both = await send(endpoints["keys.list"], { query: `cursor=made-up&search=${search}` });
		expect(both.body.errors.map(({ path }: { path: string }) => path)).toEqual(["cursor", "search"]);
		const audit = await send(endpoints["audit.list"], { query: `cursor=made-up&${times}` });
		expect(audit.body.errors.map(({ path }: { path: string }) => path)).toEqual(["cursor", "from"]);
	});

	it("reports nothing for a field whose counterpart is missing or wrong", async () => {
		const { body } = await send(endpoints["usage.get"], { query: "from=2099-01-01T00:00:00Z&to=later" });
		expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(["to"]);
		const key = { name: 1, kind: "robot", scopes: [], placeIds: ["1"], expiresAt: "2099-01-01T00:00:00Z" };
		const made = await send(endpoints["keys.create"], { body: key });
		expect(made.body.errors.map(({ path }: { path: string }) => path)).toEqual(["name", "kind"]);
	});
});
