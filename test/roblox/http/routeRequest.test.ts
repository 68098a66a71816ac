import { answers, type ReceivedRequest } from "../../support/faultServer.js";
import { bodyOf, problem } from "../backend.js";
import { type Game, startGame, token } from "../game.js";

describe("a request to a route of the operator's own", () => {
	let game: Game;
	afterEach(() => game.close());

	const echo = (request: ReceivedRequest) => ({
		status: 201,
		body: {
			method: request.method,
			path: request.path,
			key: request.headers.authorization,
			type: request.headers["content-type"],
			body: bodyOf(request),
		},
	});

	test("goes under the same key to the same server, and gives status, body and headers", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(echo);
		const result = await game.lua(`return placelock:request({
			method = "POST", path = "/shop/sales?page=1", body = { item = 7, tags = { "a" } }, headers = { ["X-Shop"] = "north" },
		})`);
		expect(result).toMatchObject({ ok: true, value: { status: 201 } });
		expect(result.value.body).toEqual({
			method: "POST",
			path: "/shop/sales?page=1",
			key: `Bearer ${token}`,
			type: "application/json",
			body: { item: 7, tags: ["a"] },
		});
		expect(result.value.headers["content-type"]).toBe("application/json");
		expect(game.backend.received[0]?.headers["x-shop"]).toBe("north");
	});

	test("gives what is not JSON as text, and no content as an empty text", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next(answers.html(), { status: 204 });
		expect((await game.lua(`return placelock:request({ path = "/a" })`)).value.body).toBe(
			"<!doctype html><title>Welcome</title>",
		);
		expect(
			(await game.lua(`return placelock:request({ method = "DELETE", path = "/a" })`)).value,
		).toMatchObject({
			status: 204,
			body: "",
		});
	});

	test.each([
		["GET", `path = "/a"`, 4],
		["HEAD", `path = "/a", method = "HEAD"`, 4],
		["POST", `path = "/a", method = "POST"`, 1],
		["PUT", `path = "/a", method = "PUT"`, 1],
		["DELETE", `path = "/a", method = "DELETE"`, 1],
		["POST said to be idempotent", `path = "/a", method = "POST", idempotent = true`, 4],
		["GET said not to be", `path = "/a", idempotent = false`, 1],
		[
			"POST with an idempotency key",
			`path = "/a", method = "POST", headers = { ["idempotency-key"] = "1" }`,
			4,
		],
	])("is sent again after a failure only where that does no harm: %s", async (_, request, attempts) => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(problem(503, "unavailable"));
		expect((await game.lua(`return placelock:request({ ${request} })`)).error).toMatchObject({ attempts });
		expect(game.backend.received).toHaveLength(attempts);
	});

	test.each([
		["no table", `"shop"`, "wanted a table"],
		["no path", "{}", "path: must be a text"],
		["a path without its slash", `{ path = "shop" }`, 'path: must begin with "/"'],
		["another host", `{ path = "//evil.example/x" }`, 'path: must not begin with "//"'],
		["a whole address", `{ path = "https://evil.example/" }`, "path: must begin with"],
		["an address that only starts with a user", `{ path = "@evil.example/" }`, "path: must begin with"],
		["a climbing path", `{ path = "/a/%2e%2E/b" }`, "path: must not hold . or .."],
		["a line end in the path", `{ path = "/a\\r\\nX: 1" }`, "path: must be percent-encoded"],
		["a method nobody knows", `{ path = "/a", method = "get" }`, "method: wanted one of"],
		["a body on GET", `{ path = "/a", body = {} }`, "body: a GET request has none"],
		["a field that does not exist", `{ path = "/a", data = 1 }`, '"data": there is no such field'],
		["a token in place of a field", `{ path = "/a", ["${token}"] = 1 }`, "plk_game_<hidden>"],
		[
			"a header that carries the key",
			`{ path = "/a", headers = { AUTHORIZATION = "x" } }`,
			"carries the key",
		],
		["a header with a line end", `{ path = "/a", headers = { A = "b\\nC: d" } }`, "without line ends"],
		[
			"a name that no header has",
			`{ path = "/a", headers = { ["a b"] = "c" } }`,
			"is not the name of a header",
		],
		[
			"a body that JSON cannot hold",
			`{ path = "/a", method = "POST", body = { 0/0 } }`,
			"Send only what JSON",
		],
	])("with %s is not sent, and says why", async (_, request, message) => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const { error } = await game.lua(`return placelock:request(${request})`);
		expect(error).toMatchObject({ kind: "invalid", attempts: 0 });
		expect(error.message).toContain(message);
		expect(game.backend.received).toHaveLength(0);
	});

	test("with a header that only Roblox may set is configuration", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const { error } = await game.lua(
			`return placelock:request({ path = "/a", headers = { ["Roblox-Id"] = "1" } })`,
		);
		expect(error).toMatchObject({ kind: "configuration", code: "HeaderNotAllowed", attempts: 1 });
		expect(error.message).toContain('"Roblox-Id"');
	});

	test("never has the key in an error, though a server may echo it", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(({ headers }) => ({
			status: 400,
			body: { code: "validation_failed", detail: `You sent ${headers.authorization}` },
		}));
		const { error } = await game.lua(`return placelock:request({ path = "/a" })`);
		expect(error.message).toContain("You sent Bearer <the key>");
		expect(JSON.stringify(error)).not.toContain("SECRET");
	});
});

describe("a call of an endpoint of the contract", () => {
	let game: Game;
	afterEach(() => game.close());

	test("fills in the path and the query, and checks the answer", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next({ status: 200, body: { data: [] } }, { status: 200, body: { data: 7 } });
		const call = `return placelock:call(Placelock.endpoints["keys.list"], {
			params = { workspaceId = "wsp/1 ü" }, query = { limit = 5, cursor = "a&b" },
		})`;
		expect(await game.lua(call)).toMatchObject({ ok: true, value: { data: [] } });
		expect(game.backend.received[0]?.path).toBe("/v1/workspaces/wsp%2F1%20%C3%BC/keys?cursor=a%26b&limit=5");
		const wrong = await game.lua(call);
		expect(wrong.error).toMatchObject({ kind: "protocol", code: "answer_shape", attempts: 1 });
		expect(wrong.error.message).toContain("data");
	});

	test("without content is ok without a value", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next({ status: 204 });
		expect(
			await game.lua(
				`return placelock:call(Placelock.endpoints["keys.delete"], { params = { keyId = "k" } })`,
			),
		).toEqual({ ok: true });
	});

	test("with input that the contract refuses is not sent, and names the field", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		for (const [input, field] of [
			["", "workspaceId"],
			[`, { params = { workspaceId = "w" }, query = { limit = 1000 } }`, "limit"],
			[`, { params = { workspaceId = ".." } }`, "workspaceId"],
		]) {
			const { error } = await game.lua(`return placelock:call(Placelock.endpoints["keys.list"]${input})`);
			expect(error).toMatchObject({ kind: "invalid", code: "validation_failed", attempts: 0 });
			expect(error.message).toContain(field);
		}
		expect((await game.lua(`return placelock:call("verify")`)).error.kind).toBe("invalid");
		expect(game.backend.received).toHaveLength(0);
	});

	test.each([
		["verify(5)", "got 5"],
		["verify(true)", "got true"],
		[`verify({ fesh = true })`, '"fesh"'],
		["verify({ fresh = 1 })", "options.fresh"],
		["call({})", "wanted an endpoint"],
		["call(Placelock.endpoints.verify, 5)", "input: wanted a table"],
		["call(Placelock.endpoints.verify, {}, 5)", "options: wanted a table"],
		["call(Placelock.endpoints.verify, { boddy = {} })", '"boddy"'],
		["call(Placelock.endpoints.verify, { query = {} })", "takes no query"],
		[`call(Placelock.endpoints.verify, { body = { plaseId = 1 } })`, "plaseId"],
		["call(Placelock.endpoints.verify, {}, { idempotencyKey = 5 })", "got 5"],
		["call(Placelock.endpoints.verify, {}, { idempotencyKey = {} })", "got a table"],
		[`call(Placelock.endpoints.verify, {}, { idempotencyKey = "a\\nb" })`, "visible ASCII"],
	])("is invalid, not sent and not thrown: %s", async (call, message) => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const { error } = await game.lua(`return placelock:${call}`);
		expect(error).toMatchObject({ kind: "invalid", attempts: 0 });
		expect(error.message).toContain(message);
		expect(game.backend.received).toHaveLength(0);
	});

	test("that meets an unknown path doubts the address", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next(answers.html(404));
		expect((await game.verify()).error.message).toContain("Check url: https, and without /v1");
	});

	test("that is not idempotent is sent again only under an idempotency key", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(problem(503, "unavailable"));
		const input = `{ params = { workspaceId = "w" }, body = { name = "k", kind = "game", scopes = {} } }`;
		const create = `placelock:call(Placelock.endpoints["keys.create"], ${input}`;
		expect((await game.lua(`return ${create})`)).error.attempts).toBe(1);
		expect((await game.lua(`return ${create}, { idempotencyKey = "once" })`)).error.attempts).toBe(4);
		expect(game.backend.received.map(({ headers }) => headers["idempotency-key"])).toEqual([
			undefined,
			...Array(4).fill("once"),
		]);
	});

	test("takes large ids as numbers without losing a digit", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next({ status: 204 });
		await game.lua(`placelock:call(Placelock.endpoints["places.delete"], {
			params = { workspaceId = "w", placeId = 9007199254740991 },
		})`);
		expect(game.backend.received[0]?.path).toBe("/v1/workspaces/w/places/9007199254740991");
	});
});
