import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallOptions, call, type TestResponse } from "../support/call.js";
import { codeOf, newCredentials, signedIn } from "../support/person.js";
import { startServer } from "../support/server.js";
import { waitFor } from "../support/waitFor.js";

it("passwords, session tokens, CSRF tokens, link codes and key tokens are nowhere but where they belong", async () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-secrets-"));
	const server = await startServer({ dataDir });
	const secrets = new Set<string>();
	/** All responses, except those that return a secret to its owner. */
	const responses: string[] = [];
	const recorded = {
		call: async (method: string, path: string, options: CallOptions = {}): Promise<TestResponse> => {
			const response = await call(server.origin, method, path, options);
			const { "set-cookie": cookies = [], ...headers } = response.headers;
			for (const cookie of cookies) secrets.add(/=([^;]*)/.exec(cookie)?.[1] ?? "");
			const { csrfToken, link, token, ...rest } = response.body ?? {};
			if (csrfToken !== undefined) secrets.add(csrfToken);
			if (link !== undefined) secrets.add(codeOf(link));
			// Lists show the start of a token.
			if (token !== undefined) secrets.add(token.slice(20));
			responses.push(JSON.stringify([headers, rest]));
			return response;
		},
	};
	const secret = (text: string) => {
		secrets.add(text);
		return text;
	};
	const post = (path: string, body: unknown) => recorded.call("POST", path, { body });
	const named = () => {
		const { name } = newCredentials();
		return { name, password: secret(`four plain words of ${name}`) };
	};

	// Setup, including what can go wrong.
	const code = secret(await server.setupCode());
	const first = named();
	await post("/v1/setup", { code, name: first.password, password: first.name });
	await post("/v1/setup", { code, name: first.name, password: first.password, extra: code });
	await post("/v1/setup", `{"code":"${code}","password":"${first.password}`);
	await post(`/v1/setup?code=${code}&password=${first.password}`, {});
	const operator = signedIn(recorded, await post("/v1/setup", { code, ...first }), first);
	await post("/v1/setup", { code, ...named() });

	// Invitations, one of them with an Idempotency-Key, whose response is stored.
	const { body: workspace } = await operator.call("POST", "/v1/workspaces", { body: { name: "A" } });
	const invitations = `/v1/workspaces/${workspace.id}/invitations`;
	const idempotent = { headers: { "idempotency-key": "once" }, body: { role: "owner", note: "For Kim" } };
	const { body: invited } = await operator.call("POST", invitations, idempotent);
	await operator.call("POST", invitations, idempotent);
	await post("/v1/invitations/show", { code: codeOf(invited.link) });
	const second = named();
	const accepted = await post("/v1/invitations/accept", { code: codeOf(invited.link), ...second });
	const person = signedIn(recorded, accepted, second);
	await post("/v1/invitations/accept", { code: codeOf(invited.link), ...named() });

	// Signing in and out, with wrong passwords and passwords in wrong fields.
	await post("/v1/session", { name: second.password, password: second.password });
	await post("/v1/session", { name: second.name, password: secret("quite the wrong password") });
	const again = signedIn(recorded, await post("/v1/session", second), second);
	await again.call("GET", "/v1/session");
	await again.call("DELETE", "/v1/session");
	await again.call("GET", "/v1/session");
	await person.call("DELETE", `/v1/account/sessions/${again.cookie}`);
	await person.call("POST", "/v1/account", { headers: { "x-csrf-token": again.csrfToken } });
	await person.call("PATCH", "/v1/account", { headers: { "x-csrf-token": again.csrfToken }, body: {} });

	// Changing passwords, directly and with a link.
	const third = secret("chosen by hand, four words");
	const change = { currentPassword: second.password, newPassword: third };
	await person.call("POST", "/v1/account/password", { body: change });
	await person.call("POST", "/v1/account/password", { body: change });
	const { body: reset } = await operator.call("POST", `/v1/accounts/${person.id}/reset`);
	await post("/v1/password-resets/show", { code: codeOf(reset.link) });
	const fourth = secret("chosen by link, four words");
	await post("/v1/password-resets", { code: codeOf(reset.link), password: fourth });
	await post("/v1/password-resets", { code: codeOf(reset.link), password: fourth });

	// Keys.
	const input = { headers: { "idempotency-key": "key" }, body: { name: "Mine", scopes: ["*"] } };
	const { body: key } = await operator.call("POST", "/v1/account/keys", input);
	await operator.call("POST", `/v1/account/keys/${key.id}/rotate`, { body: {} });
	await operator.call("GET", "/v1/account/keys");
	for (const path of ["/v1/audit", "/v1/audit/export", "/v1/accounts", invitations, "/v1/account/sessions"]) {
		const response = await operator.call("GET", path);
		expect(response.status).toBe(200);
		responses.push(response.text);
	}

	// What a bug would log.
	server.store.failWith(() => new Error("a bug, on purpose"));
	await post("/v1/session", { name: second.name, password: fourth });
	await operator.call("GET", "/v1/session");
	server.store.failWith(undefined);
	await waitFor(
		"the last line",
		() => server.logs.filter((line) => line.msg === "unexpected error").length >= 2,
	);

	const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), "latin1"));
	const places = {
		responses: responses.join("\n"),
		logged: JSON.stringify(server.logs),
		stored: files.join("\n"),
	};
	for (const text of Object.values(places)) expect(text).toContain(person.id);
	expect(secrets.size).toBeGreaterThan(15);
	for (const [place, text] of Object.entries(places)) {
		for (const each of secrets) {
			const found = each !== "" && text.includes(each);
			expect({ place, each, found }).toEqual({ place, each, found: false });
		}
	}
	await server.close();
	rmSync(dataDir, { recursive: true, force: true });
});
