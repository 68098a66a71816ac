import type { Role } from "../../shared/endpoint.js";
import type { Answer, CallOptions } from "./call.js";
import type { TestServer } from "./server.js";

/** Somebody who is signed in, in one browser. */
export interface Person {
	readonly id: string;
	readonly name: string;
	readonly password: string;
	readonly sessionId: string;
	/** As the browser sends it: name and value. */
	readonly cookie: string;
	readonly csrfToken: string;
	/** Both, as headers: for calls to another server. */
	readonly headers: { readonly cookie: string; readonly "x-csrf-token": string };
	/** A call as the dashboard makes it. */
	call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

type Called = Pick<TestServer, "call">;
type Credentials = Pick<Person, "name" | "password">;

let count = 0;

/** A name nobody has yet, and a password that is not refused. */
export function newCredentials(): Credentials {
	count++;
	return { name: `Person${count}`, password: `four plain words and ${count}` };
}

/** Who an answer signed in. */
export function signedIn(server: Called, answer: Answer, { name, password }: Credentials): Person {
	const { status, text, body } = answer;
	if (status !== 201) throw new Error(`nobody was signed in: ${status} ${text}`);
	const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
	const headers = { cookie, "x-csrf-token": body.csrfToken };
	return {
		id: body.account.id,
		name,
		password,
		sessionId: body.sessionId,
		cookie,
		csrfToken: body.csrfToken,
		headers,
		call: (method, path, options = {}) =>
			server.call(method, path, { ...options, headers: { ...headers, ...options.headers } }),
	};
}

/** Signs in, in one more browser. */
export async function signIn(server: Called, { name, password }: Credentials): Promise<Person> {
	const answer = await server.call("POST", "/v1/session", { body: { name, password } });
	return signedIn(server, answer, { name, password });
}

/** Makes the first account, an instance operator. */
export async function setUp(
	server: Called & Pick<TestServer, "setupCode">,
	credentials = newCredentials(),
): Promise<Person> {
	const body = { code: await server.setupCode(), ...credentials };
	return signedIn(server, await server.call("POST", "/v1/setup", { body }), credentials);
}

/** The code in a new link that invites to a workspace. */
export async function invitation(by: Person, workspaceId: string, role: Role): Promise<string> {
	const { body } = await by.call("POST", `/v1/workspaces/${workspaceId}/invitations`, { body: { role } });
	return codeOf(body.link);
}

/** Somebody new, invited to a workspace. */
export async function invite(
	server: Called,
	by: Person,
	workspaceId: string,
	role: Role,
	credentials = newCredentials(),
): Promise<Person> {
	const body = { code: await invitation(by, workspaceId, role), ...credentials };
	return signedIn(server, await server.call("POST", "/v1/invitations/accept", { body }), credentials);
}

/** The code in a one-time link. */
export function codeOf(link: string): string {
	return link.slice(link.indexOf("#") + 1);
}
