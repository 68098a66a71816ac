import type { Fixture } from "../support/seed.js";
import { useServerPerTest } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

const levels = { debug: 20, info: 30, warn: 40 };

describe("the log", () => {
	const server = useServerPerTest();
	let home: Fixture;
	beforeEach(async () => {
		home = await server.fixture();
	});

	it("has one line per request, at debug if it succeeded", async () => {
		const { headers } = await server.verify(home.token, home.place.id);
		expect(server.logs).toHaveLength(1);
		expect(server.logs[0]).toMatchObject({
			level: levels.debug,
			msg: "request completed",
			requestId: headers["x-request-id"],
			endpoint: "verify",
			status: 200,
			code: "ok",
			address: "127.0.0.1",
			keyId: home.key.id,
			ms: expect.any(Number),
		});
	});

	it("has it at info, with the reason, if the request was denied", async () => {
		await server.verify(home.token, "1");
		expect(server.logs).toHaveLength(1);
		expect(server.logs[0]).toMatchObject({
			level: levels.info,
			status: 403,
			code: "place_not_allowed",
			keyId: home.key.id,
			detail: expect.stringContaining("Place 1 "),
		});
	});

	it("has it for requests that no endpoint takes too", async () => {
		await server.call("GET", "/nothing?token=secret");
		await server.call("DELETE", "/v1/verify");
		await server.call("OPTIONS", "/v1/verify");
		await server.call("GET", "/v1/%ZZ");
		await server.call("GET", "/metrics");
		await waitFor("the last line", () => server.logs.length >= 5);
		const lines = server.logs.map(({ level, status, code, msg }) => ({ level, status, code, msg }));
		expect(lines).toEqual([
			{ level: levels.info, status: 404, code: "not_found", msg: "request rejected" },
			{ level: levels.info, status: 405, code: "method_not_allowed", msg: "request rejected" },
			{ level: levels.debug, status: 204, code: "ok", msg: "request completed" },
			{ level: levels.info, status: 404, code: "not_found", msg: "request rejected" },
			{ level: levels.debug, status: 200, code: "ok", msg: "request completed" },
		]);
		expect(JSON.stringify(server.logs)).not.toContain("secret");
	});

	it("never contains a token, whatever is done with it", async () => {
		const admin = await server.adminToken();
		const tokens = [home.token, admin];
		const call = async (method: string, path: string, token: string, body?: unknown) => {
			const response = await server.call(method, path, { token, body, robloxId: home.place.id });
			if (typeof response.body?.token === "string") tokens.push(response.body.token);
		};
		const keys = `/v1/workspaces/${home.workspace.id}/keys`;
		await call("POST", keys, admin, { name: "S", kind: "service", scopes: ["*"] });
		const [, , service = ""] = tokens;
		await call("POST", "/v1/keys/introspect", service, { token: home.token, placeId: home.place.id });
		await call("POST", "/v1/keys/introspect", service, { token: home.token, scope: home.token });
		await call("POST", "/v1/verify", home.token, {});
		await call("POST", "/v1/verify", home.token, { placeId: home.token, [home.token]: home.token });
		await call("POST", "/v1/verify", home.token, `{"${home.token}`);
		await call("POST", `/v1/verify?token=${home.token}`, home.token, {});
		await call("GET", `/v1/keys/${home.token}`, home.token);
		await call("GET", `/v1/workspaces?${home.token}=${home.token}`, admin);
		await call("POST", `/v1/keys/${home.key.id}/rotate`, admin, {});
		await call("POST", `/v1/keys/${home.key.id}/revoke`, admin);
		await call("POST", "/v1/verify", home.token, {});
		await call("POST", "/v1/verify", `${home.token}x`, {});
		server.store.failWith(() => new Error("a bug, on purpose"));
		await call("GET", "/v1/workspaces", admin);
		server.store.failWith(undefined);
		expect(tokens).toHaveLength(4);
		await waitFor("the last line", () => server.logs.some((line) => line.msg === "unexpected error"));
		const text = JSON.stringify(server.logs);
		for (const token of tokens) {
			expect(text).not.toContain(token);
			expect(text).not.toContain(token.slice(-38));
		}
	});
});

describe("/metrics", () => {
	const server = useServerPerTest();

	it("counts requests by endpoint and outcome, and contains no IDs or addresses", async () => {
		const home = await server.fixture();
		for (let i = 0; i < 3; i++) await server.verify(home.token, home.place.id);
		await server.verify(home.token, "1");
		await server.verify("x", "1");
		const { text, headers } = await waitFor("the feed's first confirmation", async () => {
			const response = await server.call("GET", "/metrics");
			return /_age_seconds \d/.test(response.text) && response;
		});
		expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
		expect(headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
		expect(text).toContain('placelock_requests_total{endpoint="verify",code="ok"} 3\n');
		expect(text).toContain('placelock_requests_total{endpoint="verify",code="place_not_allowed"} 1\n');
		expect(text).toContain('placelock_requests_total{endpoint="verify",code="key_unknown"} 1\n');
		expect(text).toMatch(/^placelock_request_duration_seconds_count\{endpoint="verify"\} 5$/m);
		expect(text).toMatch(/^placelock_request_duration_seconds_bucket\{.*le="\+Inf".*\} 5$/m);
		expect(Number(/^placelock_change_feed_age_seconds (\S+)$/m.exec(text)?.[1])).toBeLessThan(5);
		expect(text).toContain("process_cpu_seconds_total");
		for (const named of [home.key.id, home.workspace.id, home.place.id, "127.0.0.1"]) {
			expect(text).not.toContain(named);
		}
	});
});
