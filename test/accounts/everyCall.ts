import { builtInOperatorId } from "../../server/model/account.js";
import type { Clock } from "../../server/primitives/clock.js";
import type { Endpoint, Role } from "../../shared/endpoint.js";
import type { EndpointName } from "../../shared/endpoints/index.js";
import type { CallOptions, TestResponse } from "../support/call.js";
import { codeOf, invitation, invite, newCredentials, type Person, setUp, signIn } from "../support/person.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";

/** A server with an operator, and a workspace with one member of each role. */
export interface Site {
	readonly server: TestServer;
	readonly clock: Clock;
	readonly operator: Person;
	readonly home: Fixture;
	readonly members: { readonly [R in Role]: Person };
	/** A member of another workspace. */
	readonly outsider: Person;
	/** An account to be managed. */
	readonly other: Person;
	/** An account whose password is reset again and again. */
	readonly forgetful: Person;
}

export async function newSite(clock: Clock): Promise<Site> {
	const server = await startServer({ clock });
	const operator = await setUp(server);
	const home = await server.fixture({});
	const newcomer = async (role: Role, workspaceId = home.workspace.id) =>
		invite(server, operator, workspaceId, role);
	const elsewhere = (await server.workspace()).id;
	return {
		server,
		clock,
		operator,
		home,
		members: {
			owner: await newcomer("owner"),
			admin: await newcomer("admin"),
			viewer: await newcomer("viewer"),
		},
		outsider: await newcomer("owner", elsewhere),
		other: await newcomer("viewer", elsewhere),
		forgetful: await newcomer("viewer", elsewhere),
	};
}

/** What a request to an endpoint needs besides a caller. */
export interface PreparedCall {
	readonly params?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly headers?: CallOptions["headers"];
	/** The caller's session, if the request ends it. */
	readonly person?: Person;
	/** The server, if the request goes to another than the site's; to be closed. */
	readonly server?: TestServer;
}

/** `caller`: who is to call, or whose admin key is used; undefined: nobody, or a key of no person. */
type Prepare = (site: Site, caller: Person | undefined) => Promise<PreparedCall>;

let count = 0;

const inWorkspace: Prepare = async ({ home }) => ({ params: { workspaceId: home.workspace.id } });

const aPlace: Prepare = async ({ server, home }) => {
	const workspaceId = home.workspace.id;
	return { params: { workspaceId, placeId: (await server.place(workspaceId)).id }, body: { name: "Arena" } };
};

const aKey: Prepare = async ({ server, home }) => ({
	params: { keyId: (await server.key(home.workspace.id)).key.id },
});

const ownKey: Prepare = async ({ server }, caller) => {
	const token = await server.adminToken(["*"], { accountId: caller?.id ?? builtInOperatorId });
	return { params: { keyId: keyIdOf(token) }, headers: { "x-own-key": token } };
};

const aMember: Prepare = async (site) => {
	const { server, operator, other, home } = site;
	const workspaceId = home.workspace.id;
	if ((await server.store.members.find(workspaceId, other.id)) === undefined) {
		await join(site, other, workspaceId, "viewer");
	}
	const params = { workspaceId, accountId: other.id };
	await operator.call("PATCH", `/v1/workspaces/${workspaceId}/members/${other.id}`, {
		body: { role: "viewer" },
	});
	return { params, body: { role: "admin" } };
};

const anAccount: Prepare = async ({ server, operator }) => {
	const made = await invite(server, operator, (await server.workspace()).id, "viewer");
	return { params: { accountId: made.id } };
};

const anInvitation: Prepare = async ({ server, operator }) => ({
	body: { code: await invitation(operator, (await server.workspace()).id, "viewer") },
});

const aResetLink: Prepare = async ({ operator, forgetful }) => {
	const { body } = await operator.call("POST", `/v1/accounts/${forgetful.id}/reset`);
	return { body: { code: codeOf(body.link) } };
};

const nothing: Prepare = async () => ({});

const withBody =
	(prepare: Prepare, body: unknown): Prepare =>
	async (...args) => ({ ...(await prepare(...args)), body });

/** For every endpoint, a request that succeeds for everyone who may make it, each time it is prepared. */
export const everyCall: { readonly [N in EndpointName]: Prepare } = {
	verify: async ({ home }) => ({ headers: { "roblox-id": home.place.id }, body: {} }),
	"keys.introspect": async ({ home }) => ({ body: { token: home.token } }),
	"workspaces.create": withBody(nothing, { name: "Tycoon" }),
	"workspaces.list": nothing,
	"workspaces.get": inWorkspace,
	"workspaces.change": withBody(inWorkspace, { idleDays: 90 }),
	"workspaces.delete": async (site) => {
		const { id: workspaceId } = await site.server.workspace();
		for (const role of ["owner", "admin", "viewer"] as const) {
			await join(site, site.members[role], workspaceId, role);
		}
		return { params: { workspaceId } };
	},
	"places.list": inWorkspace,
	"places.put": aPlace,
	"places.change": aPlace,
	"places.delete": async (...args) => ({ params: (await aPlace(...args)).params }),
	"keys.create": async (...args) => ({
		...(await inWorkspace(...args)),
		body: { name: `Made ${++count}`, kind: "game", scopes: ["bans.read"] },
	}),
	"keys.list": inWorkspace,
	"keys.get": aKey,
	"keys.change": withBody(aKey, { description: "Changed" }),
	"keys.disable": aKey,
	"keys.enable": async (site, caller) => {
		const prepared = await aKey(site, caller);
		await site.operator.call("POST", `/v1/keys/${prepared.params?.keyId}/disable`);
		return prepared;
	},
	"keys.revoke": aKey,
	"keys.rotate": withBody(aKey, {}),
	"keys.delete": async (site, caller) => {
		const prepared = await aKey(site, caller);
		await site.operator.call("POST", `/v1/keys/${prepared.params?.keyId}/revoke`);
		return prepared;
	},
	"audit.list": inWorkspace,
	"audit.export": inWorkspace,
	"instance-audit.list": nothing,
	"instance-audit.export": nothing,
	"usage.get": inWorkspace,
	"activity.get": inWorkspace,
	"denials.list": inWorkspace,
	"setup.get": nothing,
	"setup.create": async ({ clock }) => {
		const server = await startServer({ clock });
		return { server, body: { code: await server.setupCode(), ...newCredentials() } };
	},
	"session.create": async ({ other: { name, password } }) => ({ body: { name, password } }),
	"session.get": nothing,
	"session.end": async ({ server }, caller) => ({ person: caller && (await signIn(server, caller)) }),
	"password-resets.show": aResetLink,
	"password-resets.use": async (site, caller) => {
		const { body } = await aResetLink(site, caller);
		return { body: { ...(body as object), password: site.forgetful.password } };
	},
	"account.get": nothing,
	"account.change": async (_site, caller) => ({
		body: { name: ++count % 2 === 0 ? caller?.name : caller?.name.toUpperCase() },
	}),
	"account.change-password": async ({ other }, caller = other) => ({
		body: { currentPassword: caller.password, newPassword: caller.password },
	}),
	"sessions.list": nothing,
	"sessions.end": async ({ server }, caller) => ({
		params: { sessionId: caller === undefined ? "ses_none" : (await signIn(server, caller)).sessionId },
	}),
	"account-keys.list": nothing,
	"account-keys.create": async () => ({ body: { name: `Own ${++count}`, scopes: ["keys.read"] } }),
	"account-keys.rotate": async (...args) => ({ params: (await ownKey(...args)).params, body: {} }),
	"account-keys.revoke": async (...args) => ({ params: (await ownKey(...args)).params }),
	"account-keys.delete": async (site, caller) => {
		const { params, headers } = await ownKey(site, caller);
		const token = String(Reflect.get(headers ?? {}, "x-own-key"));
		await site.server.call("POST", `/v1/account/keys/${params?.keyId}/revoke`, { token });
		return { params };
	},
	"accounts.list": nothing,
	"accounts.change": withBody(anAccount, { operator: true, disabled: true }),
	"accounts.reset": anAccount,
	"accounts.delete": anAccount,
	"members.list": inWorkspace,
	"members.change": aMember,
	"members.remove": async (...args) => ({ params: (await aMember(...args)).params }),
	"invitations.list": inWorkspace,
	"invitations.create": withBody(inWorkspace, { role: "viewer", note: "For Kim" }),
	"invitations.delete": async ({ operator, home }) => {
		const workspaceId = home.workspace.id;
		const { body } = await operator.call("POST", `/v1/workspaces/${workspaceId}/invitations`, {
			body: { role: "viewer" },
		});
		return { params: { workspaceId, invitationId: body.id } };
	},
	"invitations.show": anInvitation,
	"invitations.accept": async (site, caller) => {
		const { body } = await anInvitation(site, caller);
		return { body: { ...(body as object), ...newCredentials() } };
	},
	"invitations.join": anInvitation,
	"health.live": nothing,
	"health.ready": nothing,
};

/** Sends a prepared request with the caller's credentials. */
export async function make(
	{ method, path }: Endpoint,
	site: Site,
	prepared: PreparedCall,
	as: Pick<CallOptions, "token" | "headers"> = {},
): Promise<TestResponse> {
	const { params = {}, body, server = site.server } = prepared;
	const filled = path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
	const headers = { ...prepared.headers, ...as.headers };
	return server.call(method, filled, { token: as.token, body, headers });
}

export function keyIdOf(token: string): string {
	return token.slice("plk_adm_".length, "plk_adm_".length + 12);
}

async function join({ operator }: Site, person: Person, workspaceId: string, role: Role): Promise<void> {
	const code = await invitation(operator, workspaceId, role);
	const { status, text } = await person.call("POST", "/v1/account/invitations", { body: { code } });
	if (status !== 200) throw new Error(`${person.name} could not join: ${text}`);
}
