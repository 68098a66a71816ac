import { answers, type ReceivedRequest } from "../../support/faultServer.js";
import { jsonBody, problemResponse } from "../backend.js";
import { type Game, startGame, token } from "../game.js";

describe("a request to one of your own routes", () => {
	let game: Game;
	afterEach(() => game.close());

	const echo = (request: ReceivedRequest) => ({
		status: 201,
		body: {
			method: request.method,
			path: request.path,
			key: request.headers.authorization,
			type: request.headers["content-type"],
			body: jsonBody(request),
		},
	});

	test("goes to the same server with the same key, and returns status, body and headers", async () => {
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

	test("returns what is not JSON as text, and no content as an empty text", async () => {
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
		["POST marked as idempotent", `path = "/a", method = "POST", idempotent = true`, 4],
		["GET marked as not idempotent", `path = "/a", idempotent = false`, 1],
		[
			"POST with an idempotency key",
			`path = "/a", method = "POST", headers = { ["idempotency-key"] = "1" }`,
			4,
		],
	])("is sent again after a failure only if that does no harm: %s", async (_, request, attempts) => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(problemResponse(503, "unavailable"));
		expect((await game.lua(`return placelock:request({ ${request} })`)).error).toMatchObject({ attempts });
		expect(game.backend.received).toHaveLength(attempts);
	});

	test.each([
		["no table", `"shop"`, "expected a table"],
		["no path", "{}", "path: must be a string"],
		["a path without its slash", `{ path = "shop" }`, 'path: must start with "/"'],
		["another host", `{ path = "//evil.example/x" }`, 'path: must not start with "//"'],
		["a whole address", `{ path = "https://evil.example/" }`, "path: must start with"],
		["an address that only starts with a user", `{ path = "@evil.example/" }`, "path: must start with"],
		["a path with a dot segment", `{ path = "/a/%2e%2E/b" }`, "path: must not contain . or .."],
		["a line break in the path", `{ path = "/a\\r\\nX: 1" }`, "path: must be percent-encoded"],
		["an unknown method", `{ path = "/a", method = "get" }`, "method: expected one of"],
		["a body on GET", `{ path = "/a", body = {} }`, "body: not allowed with GET"],
		["a field that does not exist", `{ path = "/a", data = 1 }`, '"data": unknown field'],
		["a token in place of a field", `{ path = "/a", ["${token}"] = 1 }`, "plk_game_<hidden>"],
		[
			"a header that carries the key",
			`{ path = "/a", headers = { AUTHORIZATION = "x" } }`,
			"carries the key",
		],
		["a header with a line break", `{ path = "/a", headers = { A = "b\\nC: d" } }`, "without line breaks"],
		["an invalid header name", `{ path = "/a", headers = { ["a b"] = "c" } }`, "is not a valid header name"],
		[
			"a body that JSON cannot hold",
			`{ path = "/a", method = "POST", body = { 0/0 } }`,
			"Send only what JSON",
		],
	])("with %s is not sent, and the message says why", async (_, request, message) => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const { error } = await game.lua(`return placelock:request(${request})`);
		expect(error).toMatchObject({ kind: "invalid", attempts: 0 });
		expect(error.message).toContain(message);
		expect(game.backend.received).toHaveLength(0);
	});

	test("with a header that only Roblox may set returns configuration", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const { error } = await game.lua(
			`return placelock:request({ path = "/a", headers = { ["Roblox-Id"] = "1" } })`,
		);
		expect(error).toMatchObject({ kind: "configuration", code: "HeaderNotAllowed", attempts: 1 });
		expect(error.message).toContain('"Roblox-Id"');
	});

	test("never has the key in an error, even if the server echoes it", async () => {
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
