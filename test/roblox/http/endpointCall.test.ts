import { endpoints } from "../../../shared/endpoints/index.js";
import { answers } from "../../support/faultServer.js";
import { problemResponse, verifiedBody } from "../backend.js";
import { type Game, startGame } from "../game.js";
import { luauLiteral } from "../luauLiteral.js";

/** Endpoints are data, so those that are not exported can be passed to `call` too. */
const listKeys = luauLiteral(endpoints["keys.list"]);

describe("a call of an exported endpoint", () => {
	let game: Game;
	afterEach(() => game.close());

	test("is possible for exactly the endpoints that a game key may call", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const exported = await game.lua(`
			local names = {}
			for name, endpoint in Placelock.endpoints do names[name] = endpoint.name end
			return names`);
		const names = Object.values(endpoints)
			.filter(({ caller }) => (caller as string) === "game")
			.map(({ name }) => name);
		expect(names).not.toEqual([]);
		expect(exported).toEqual(Object.fromEntries(names.map((name) => [name, name])));
	});

	test("sends the input of a script and returns the response", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const result = await game.lua(
			"return placelock:call(Placelock.endpoints.verify, { body = { placeId = 123456, placeVersion = 7 } })",
		);
		expect(result).toEqual({ ok: true, value: verifiedBody });
		const [request] = game.backend.received;
		expect([request?.method, request?.path]).toEqual(["POST", "/v1/verify"]);
		expect(JSON.parse(request?.raw.toString() ?? "")).toEqual({ placeId: 123456, placeVersion: 7 });
	});

	test("needs no input where the endpoint requires none", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		expect((await game.lua("return placelock:call(Placelock.endpoints.verify)")).ok).toBe(true);
	});

	test.each([
		["verify(5)", "got 5"],
		["verify(true)", "got true"],
		["verify({ fesh = true })", '"fesh"'],
		["verify({ fresh = 1 })", "options.fresh"],
		["call({})", "expected an endpoint"],
		[`call("verify")`, "expected an endpoint"],
		["call(Placelock.endpoints.verify, 5)", "input: expected a table"],
		["call(Placelock.endpoints.verify, { boddy = {} })", '"boddy"'],
		["call(Placelock.endpoints.verify, { query = {} })", "takes no query"],
		["call(Placelock.endpoints.verify, { body = { plaseId = 1 } })", "plaseId"],
	])("with an invalid argument is neither sent nor thrown: %s", async (call, message) => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		const { error } = await game.lua(`return placelock:${call}`);
		expect(error).toMatchObject({ kind: "invalid", attempts: 0 });
		expect(error.message).toContain(message);
		expect(game.backend.received).toHaveLength(0);
	});
});

describe("a call of any endpoint of the contract", () => {
	let game: Game;
	afterEach(() => game.close());

	test("fills in the path and the query, and checks the response", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next({ status: 200, body: { data: [] } }, { status: 200, body: { data: 7 } });
		const call = `return placelock:call(${listKeys}, {
			params = { workspaceId = "wsp/1 ü" }, query = { limit = 5, cursor = "a&b" },
		})`;
		expect(await game.lua(call)).toMatchObject({ ok: true, value: { data: [] } });
		expect(game.backend.received[0]?.path).toBe("/v1/workspaces/wsp%2F1%20%C3%BC/keys?cursor=a%26b&limit=5");
		const { error } = await game.lua(call);
		expect(error).toMatchObject({ kind: "protocol", code: "response_shape", attempts: 1 });
		expect(error.message).toContain("data");
	});

	test("returns no value for a response without content", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next({ status: 204 });
		const deleteKey = luauLiteral(endpoints["keys.delete"]);
		expect(await game.lua(`return placelock:call(${deleteKey}, { params = { keyId = "k" } })`)).toEqual({
			ok: true,
		});
	});

	test("with input that the contract does not allow is not sent, and the message names the field", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		for (const [input, field] of [
			["", "workspaceId"],
			[`, { params = { workspaceId = "w" }, query = { limit = 1000 } }`, "limit"],
			[`, { params = { workspaceId = ".." } }`, "workspaceId"],
		]) {
			const { error } = await game.lua(`return placelock:call(${listKeys}${input})`);
			expect(error).toMatchObject({ kind: "invalid", code: "validation_failed", attempts: 0 });
			expect(error.message).toContain(field);
		}
		expect(game.backend.received).toHaveLength(0);
	});

	test("that gets 404 or 405 hints at the url", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next(answers.html(404));
		expect((await game.verify()).error.message).toContain("Check url: it must use https");
	});

	test("is sent again after a failure only if the endpoint is idempotent", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(problemResponse(503, "unavailable"));
		const input = `{ params = { workspaceId = "w" }, body = { name = "k", kind = "game", scopes = {} } }`;
		const create = `placelock:call(${luauLiteral(endpoints["keys.create"])}, ${input})`;
		expect((await game.lua(`return ${create}`)).error.attempts).toBe(1);
		expect((await game.lua("return placelock:call(Placelock.endpoints.verify)")).error.attempts).toBe(4);
	});

	test("takes large IDs as numbers without losing a digit", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.next({ status: 204 });
		await game.lua(`placelock:call(${luauLiteral(endpoints["places.delete"])}, {
			params = { workspaceId = "w", placeId = 9007199254740991 },
		})`);
		expect(game.backend.received[0]?.path).toBe("/v1/workspaces/w/places/9007199254740991");
	});
});
