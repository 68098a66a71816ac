import { errorsOf } from "../../server/http/endpointRules.js";
import type { Endpoint, Role } from "../../shared/endpoint.js";
import { type EndpointName, endpoints } from "../../shared/endpoints/index.js";
import { scopes } from "../../shared/scopes.js";
import type { CallOptions } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { invite, type Person } from "../support/person.js";
import { everyCall, make, newSite, type Site } from "./everyCall.js";

/** What the cells of the table say, beside the status of an answer. */
const refusals = {
	auth: "401 auth_missing",
	gone: "401 session_expired",
	off: "401 key_disabled",
	kind: "403 kind_not_allowed",
	scope: "403 scope_missing",
	role: "403 role_missing",
	none: "404 not_found",
} as const;

/**
 * Who may do what: a row an endpoint, with its scope and role, then a cell for
 * every caller. `other` belongs to another workspace, `off` is an account that
 * was disabled, and `weak` holds every scope but the endpoint's.
 */
// biome-ignore format: a table
const table: { readonly [N in EndpointName]: string } = {
	//                                                     no-            ser- ope-        | sessions                    | admin keys, all scopes  | off
	//                         scope               role     body game vice rator weak      | oper owner admin viewer other | owner admin viewer other | key sess
	verify:                  "-                  -        | auth 200  kind kind kind       | auth auth auth auth auth    | kind kind kind kind     | kind auth",
	"keys.introspect":       "keys.introspect    -        | auth kind 200  kind kind       | auth auth auth auth auth    | kind kind kind kind     | kind auth",
	"workspaces.create":     "workspaces.write   operator | auth kind kind 201 scope       | 201 role role role role     | role role role role     | off gone",
	"workspaces.list":       "workspaces.read    -        | auth kind kind 200 scope       | 200 200 200 200 200         | 200 200 200 200         | off gone",
	"workspaces.get":        "workspaces.read    viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"workspaces.change":     "workspaces.write   owner    | auth kind kind 200 scope       | 200 200 role role none      | 200 role role none      | off gone",
	"workspaces.delete":     "workspaces.write   owner    | auth kind kind 204 scope       | 204 204 role role none      | 204 role role none      | off gone",
	"places.list":           "places.read        viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"places.put":            "places.write       admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"places.change":         "places.write       admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"places.delete":         "places.write       admin    | auth kind kind 204 scope       | 204 204 204 role none       | 204 204 role none       | off gone",
	"keys.create":           "keys.write         admin    | auth kind kind 201 scope       | 201 201 201 role none       | 201 201 role none       | off gone",
	"keys.list":             "keys.read          viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"keys.get":              "keys.read          viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"keys.change":           "keys.write         admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"keys.disable":          "keys.write         admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"keys.enable":           "keys.write         admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"keys.revoke":           "keys.write         admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"keys.rotate":           "keys.write         admin    | auth kind kind 200 scope       | 200 200 200 role none       | 200 200 role none       | off gone",
	"keys.delete":           "keys.write         admin    | auth kind kind 204 scope       | 204 204 204 role none       | 204 204 role none       | off gone",
	"audit.list":            "audit.read         viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"audit.export":          "audit.read         viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"instance-audit.list":   "audit.read         operator | auth kind kind 200 scope       | 200 role role role role     | role role role role     | off gone",
	"instance-audit.export": "audit.read         operator | auth kind kind 200 scope       | 200 role role role role     | role role role role     | off gone",
	"usage.get":             "usage.read         viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"activity.get":          "usage.read         viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"denials.list":          "denials.read       viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"setup.get":             "-                  -        | 200 200 200 200 200            | 200 200 200 200 200         | 200 200 200 200         | 200 200",
	"setup.create":          "-                  -        | 201 201 201 201 201            | 201 201 201 201 201         | 201 201 201 201         | 201 201",
	"session.create":        "-                  -        | 201 201 201 201 201            | 201 201 201 201 201         | 201 201 201 201         | 201 201",
	"session.get":           "-                  -        | gone gone gone gone gone       | 200 200 200 200 200         | gone gone gone gone     | gone gone",
	"session.end":           "-                  -        | gone gone gone gone gone       | 204 204 204 204 204         | gone gone gone gone     | gone gone",
	"password-resets.show":  "-                  -        | 200 200 200 200 200            | 200 200 200 200 200         | 200 200 200 200         | 200 200",
	"password-resets.use":   "-                  -        | 201 201 201 201 201            | 201 201 201 201 201         | 201 201 201 201         | 201 201",
	"account.get":           "account.read       -        | auth kind kind 200 scope       | 200 200 200 200 200         | 200 200 200 200         | off gone",
	"account.change":        "-                  -        | gone gone gone gone gone       | 200 200 200 200 200         | gone gone gone gone     | gone gone",
	"account.change-password": "-                -        | gone gone gone gone gone       | 204 204 204 204 204         | gone gone gone gone     | gone gone",
	"sessions.list":         "-                  -        | gone gone gone gone gone       | 200 200 200 200 200         | gone gone gone gone     | gone gone",
	"sessions.end":          "-                  -        | gone gone gone gone gone       | 204 204 204 204 204         | gone gone gone gone     | gone gone",
	"account-keys.list":     "account-keys.read  -        | auth kind kind 200 scope       | 200 200 200 200 200         | 200 200 200 200         | off gone",
	"account-keys.create":   "account-keys.write -        | auth kind kind 201 scope       | 201 201 201 201 201         | 201 201 201 201         | off gone",
	"account-keys.rotate":   "account-keys.write -        | auth kind kind 200 scope       | 200 200 200 200 200         | 200 200 200 200         | off gone",
	"account-keys.revoke":   "account-keys.write -        | auth kind kind 200 scope       | 200 200 200 200 200         | 200 200 200 200         | off gone",
	"account-keys.delete":   "account-keys.write -        | auth kind kind 204 scope       | 204 204 204 204 204         | 204 204 204 204         | off gone",
	"accounts.list":         "accounts.read      operator | auth kind kind 200 scope       | 200 role role role role     | role role role role     | off gone",
	"accounts.change":       "accounts.write     operator | auth kind kind 200 scope       | 200 role role role role     | role role role role     | off gone",
	"accounts.reset":        "accounts.write     operator | auth kind kind 200 scope       | 200 role role role role     | role role role role     | off gone",
	"accounts.delete":       "accounts.write     operator | auth kind kind 204 scope       | 204 role role role role     | role role role role     | off gone",
	"members.list":          "members.read       viewer   | auth kind kind 200 scope       | 200 200 200 200 none        | 200 200 200 none        | off gone",
	"members.change":        "members.write      owner    | auth kind kind 200 scope       | 200 200 role role none      | 200 role role none      | off gone",
	// Somebody else: everybody may leave.
	"members.remove":        "members.write      viewer   | auth kind kind 204 scope       | 204 204 role role none      | 204 role role none      | off gone",
	"invitations.list":      "members.read       owner    | auth kind kind 200 scope       | 200 200 role role none      | 200 role role none      | off gone",
	"invitations.create":    "members.write      owner    | auth kind kind 201 scope       | 201 201 role role none      | 201 role role none      | off gone",
	"invitations.delete":    "members.write      owner    | auth kind kind 204 scope       | 204 204 role role none      | 204 role role none      | off gone",
	"invitations.show":      "-                  -        | 200 200 200 200 200            | 200 200 200 200 200         | 200 200 200 200         | 200 200",
	"invitations.accept":    "-                  -        | 201 201 201 201 201            | 201 201 201 201 201         | 201 201 201 201         | 201 201",
	"invitations.join":      "-                  -        | gone gone gone gone gone       | 200 200 200 200 200         | gone gone gone gone     | gone gone",
	"health.live":           "-                  -        | 200 200 200 200 200            | 200 200 200 200 200         | 200 200 200 200         | 200 200",
	"health.ready":          "-                  -        | 200 200 200 200 200            | 200 200 200 200 200         | 200 200 200 200         | 200 200",
};

interface Caller {
	readonly title: string;
	/** Whose calls are prepared. */
	readonly person?: Person;
	/** How the caller proves who it is. `scope`: the one a weak key lacks; `again`: the session that is used this once. */
	proof(scope: string, again: Person | undefined): Promise<Pick<CallOptions, "token" | "headers">>;
}

const names = Object.keys(table) as EndpointName[];

/** Longer than any limiter remembers, so that no row slows the next. */
const betweenRowsMs = 11 * 60_000;

const clock = new FakeClock();
let site: Site;
let callers: readonly Caller[];

beforeAll(async () => {
	site = await newSite(clock);
	callers = await everyCaller();
});
beforeEach(() => clock.advance(betweenRowsMs));
afterAll(() => site.server.close());

/** In the order of the columns. */
async function everyCaller(): Promise<Caller[]> {
	const { server, operator, home, members, outsider } = site;
	const holding = (title: string, token: string, person?: Person): Caller => ({
		title,
		person,
		proof: async () => ({ token }),
	});
	const signedIn = (title: string, person: Person): Caller => ({
		title: `the session of ${title}`,
		person,
		proof: async (_scope, again = person) => ({ headers: again.headers }),
	});
	const adminKey = async (title: string, person: Person) =>
		holding(`an admin key of ${title}`, await server.adminToken(["*"], { accountId: person.id }), person);
	const service = await server.key(home.workspace.id, { kind: "service", scopes: ["*"] });
	const weakTokens = new Map<string, string>();
	const weak = async (scope: string) => {
		const known = weakTokens.get(scope);
		if (known !== undefined) return { token: known };
		const token = await server.adminToken(Object.keys(scopes).filter((each) => each !== scope));
		weakTokens.set(scope, token);
		return { token };
	};
	const roles = ["owner", "admin", "viewer"] as const satisfies readonly Role[];
	const disabled = await invite(server, operator, home.workspace.id, "owner");
	const ofDisabled = await adminKey("a disabled account", disabled);
	await operator.call("PATCH", `/v1/accounts/${disabled.id}`, { body: { disabled: true } });
	return [
		{ title: "nobody", proof: async () => ({}) },
		holding("a game key", (await server.key(home.workspace.id, { scopes: ["*"] })).token),
		holding("a service key", service.token),
		holding("an operator's admin key", await server.adminToken()),
		{ title: "an operator's admin key without the scope", proof: weak },
		signedIn("an operator", operator),
		...roles.map((role) => signedIn(`an ${role}`, members[role])),
		signedIn("somebody of another workspace", outsider),
		...(await Promise.all(roles.map((role) => adminKey(`an ${role}`, members[role])))),
		await adminKey("somebody of another workspace", outsider),
		// Nothing can be prepared for whom nothing is allowed.
		{ ...ofDisabled, person: undefined },
		{ ...signedIn("a disabled account", disabled), person: undefined },
	];
}

function readRow(name: EndpointName): { scope?: string; role?: string; cells: string[] } {
	const [rule = "", ...groups] = table[name].split("|");
	const [scope, role] = rule.trim().split(/\s+/);
	const cells = groups.join(" ").trim().split(/\s+/);
	return { scope: scope === "-" ? undefined : scope, role: role === "-" ? undefined : role, cells };
}

const expectedOf = (cell: string): string =>
	/^20\d$/.test(cell) ? cell : (refusals[cell as keyof typeof refusals] ?? `no meaning: ${cell}`);

describe("who may do what", () => {
	it("is said for every endpoint, as the contract has it", () => {
		const said = names.map((name) => [name, readRow(name).scope, readRow(name).role]);
		const all: Endpoint[] = Object.values(endpoints);
		expect(said.sort()).toEqual(all.map(({ name, scope, role }) => [name, scope, role]).sort());
	});

	it.each(names)("%s", async (name) => {
		const { scope = "", cells } = readRow(name);
		const answered: Record<string, string> = {};
		for (const caller of callers) {
			const prepared = await everyCall[name](site, caller.person);
			const proof = await caller.proof(scope, prepared.person);
			const { status, body } = await make(endpoints[name], site, prepared, proof);
			await prepared.server?.close();
			answered[caller.title] = status < 300 ? String(status) : `${status} ${body?.code}`;
			if (status >= 300) expect(errorsOf(endpoints[name])).toContain(body.code);
		}
		const titles = callers.map(({ title }) => title);
		expect(answered).toEqual(
			Object.fromEntries(titles.map((title, n) => [title, expectedOf(cells[n] ?? "")])),
		);
		expect(cells).toHaveLength(callers.length);
	});
});

describe("a call that changes something, of somebody who is signed in", () => {
	const all: Endpoint[] = Object.values(endpoints);
	const changing = all.filter(
		({ method, caller }) => method !== "GET" && (caller === "session" || caller === "admin"),
	);

	it.each(changing.map(({ name }) => name as EndpointName))(
		"%s is refused without the session's own CSRF token, and does nothing",
		async (name) => {
			const { operator, members } = site;
			const prepared = await everyCall[name](site, operator);
			const { cookie, headers } = prepared.person ?? operator;
			const attempts = [{ cookie }, { cookie, "x-csrf-token": members.owner.csrfToken }];
			for (const attempt of attempts) {
				const { status, body } = await make(endpoints[name], site, prepared, { headers: attempt });
				expect([status, body.code]).toEqual([403, "csrf_failed"]);
			}
			expect((await make(endpoints[name], site, prepared, { headers })).status).toBeLessThan(300);
		},
	);
});
