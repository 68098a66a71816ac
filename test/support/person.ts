import type { Role } from "../../shared/endpoint.js";
import type { CallOptions, TestResponse } from "./call.js";
import type { TestServer } from "./server.js";

/** A person who is signed in, in one browser. */
export interface Person {
	readonly id: string;
	readonly name: string;
	readonly password: string;
	readonly sessionId: string;
	/** As the browser sends it: name and value. */
	readonly cookie: string;
	readonly csrfToken: string;
	/** Both as headers, for requests to another server. */
	readonly headers: { readonly cookie: string; readonly "x-csrf-token": string };
	/** Sends a request as the dashboard does. */
	call(method: string, path: string, options?: CallOptions): Promise<TestResponse>;
}

type RequestSender = Pick<TestServer, "call">;
type Credentials = Pick<Person, "name" | "password">;

let count = 0;

/** An unused name and a password that is accepted. */
export function newCredentials(): Credentials {
	count++;
	return { name: `Person${count}`, password: `four plain words and ${count}` };
}

/** The person that a response signed in. */
export function signedIn(
	server: RequestSender,
	answer: TestResponse,
	{ name, password }: Credentials,
): Person {
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

/** Signs in with another browser. */
export async function signIn(server: RequestSender, { name, password }: Credentials): Promise<Person> {
	const answer = await server.call("POST", "/v1/session", { body: { name, password } });
	return signedIn(server, answer, { name, password });
}

/** Creates the first account, an operator. */
export async function setUp(
	server: RequestSender & Pick<TestServer, "setupCode">,
	credentials = newCredentials(),
): Promise<Person> {
	const body = { code: await server.setupCode(), ...credentials };
	return signedIn(server, await server.call("POST", "/v1/setup", { body }), credentials);
}

/** Creates an invitation to a workspace and returns its code. */
export async function invitation(by: Person, workspaceId: string, role: Role): Promise<string> {
	const { body } = await by.call("POST", `/v1/workspaces/${workspaceId}/invitations`, { body: { role } });
	return codeOf(body.link);
}

/** Invites a new person to a workspace. */
export async function invite(
	server: RequestSender,
	by: Person,
	workspaceId: string,
	role: Role,
	credentials = newCredentials(),
): Promise<Person> {
	const body = { code: await invitation(by, workspaceId, role), ...credentials };
	return signedIn(server, await server.call("POST", "/v1/invitations/accept", { body }), credentials);
}

/** The code of a one-time link. */
export function codeOf(link: string): string {
	return link.slice(link.indexOf("#") + 1);
}
