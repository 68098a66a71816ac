import { endpoints } from "../../shared/endpoints/index.js";
import { type Game, startGame } from "../roblox/game.js";
import { luauLiteral } from "../roblox/luauLiteral.js";
import { useServer } from "../support/useServer.js";

/** The compiled SDK in the Luau VM against the real server, over real HTTP. */
describe("the SDK with the server", () => {
	const server = useServer();
	let admin: string;
	let game: Game | undefined;
	beforeAll(async () => {
		admin = await server.adminToken();
	});
	afterEach(async () => {
		await game?.close();
		game = undefined;
	});

	/** A workspace with the game's place, a key, and a game connected with that key. */
	async function connect({ key = {}, options = {} }: { key?: object; options?: object } = {}) {
		const workspace = await server.workspace();
		await server.place(workspace.id, { id: "123456", name: "Lobby" });
		const created = await server.key(workspace.id, key);
		const connected = await startGame({
			url: server.origin,
			key: `"${created.token}"`,
			connect: { cacheSeconds: 0, reverifySeconds: 0, ...options },
		});
		game = connected;
		const act = async (method: string, path: string, body?: unknown) => {
			const { status } = await server.call(method, path, { token: admin, body });
			expect(status).toBeLessThan(300);
		};
		return { game: connected, workspace, key: created.key, act };
	}

	test("verifies a valid key in its place", async () => {
		const { game, workspace, key } = await connect({ key: { scopes: ["bans.read"] } });
		expect(await game.verify()).toMatchObject({
			ok: true,
			value: {
				workspace: { id: workspace.id, name: workspace.name },
				key: { id: key.id, scopes: ["bans.read"] },
				place: { id: "123456", name: "Lobby", proof: "header" },
			},
		});
		expect(game.lines()).toEqual([]);
	});

	test.each<[string, string, string, object | undefined]>([
		["key_revoked", "POST", "/v1/keys/:key/revoke", undefined],
		["key_disabled", "POST", "/v1/keys/:key/disable", undefined],
		["workspace_suspended", "PATCH", "/v1/workspaces/:workspace", { status: "suspended" }],
		["place_inactive", "PATCH", "/v1/workspaces/:workspace/places/123456", { status: "inactive" }],
		["place_not_allowed", "DELETE", "/v1/workspaces/:workspace/places/123456", undefined],
	])("is denied immediately after a change that causes %s", async (code, method, path, body) => {
		const { game, workspace, key, act } = await connect();
		expect((await game.verify()).ok).toBe(true);
		await act(method, path.replace(":key", key.id).replace(":workspace", workspace.id), body);
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "denied", code, attempts: 1, requestId: expect.any(String) });
		expect(await game.states()).toEqual(["verified", "denied"]);
	});

	test("verifies a disabled key again once it is enabled", async () => {
		const { game, key, act } = await connect();
		await act("POST", `/v1/keys/${key.id}/disable`);
		expect((await game.verify()).ok).toBe(false);
		await act("POST", `/v1/keys/${key.id}/enable`);
		expect((await game.verify()).ok).toBe(true);
	});

	test("is denied with an unknown token", async () => {
		game = await startGame({ url: server.origin });
		expect((await game.verify()).error).toMatchObject({ kind: "denied", code: "key_unknown", status: 401 });
	});

	test("respects a rate limit and its Retry-After", async () => {
		const { game } = await connect({
			key: { rateLimit: { limit: 1, windowSeconds: 60 } },
			options: { maxAttempts: 1 },
		});
		expect((await game.verify()).ok).toBe(true);
		expect(await game.verify()).toMatchObject({ ok: true, stale: true });
		const { error } = await game.lua("return placelock:getVerification()");
		expect(error).toMatchObject({ kind: "limited", code: "rate_limited", status: 429 });
		expect(error.retryAfterSeconds).toBeGreaterThan(0);
	});

	test("verifies an unpublished place in Studio as another one only if the workspace accepts claimed places", async () => {
		for (const [placeProof, outcome] of [
			["claimed", { ok: true, value: { place: { id: "123456", proof: "claimed" } } }],
			["header", { ok: false, error: { code: "place_unproven" } }],
		] as const) {
			const workspace = await server.workspace({ placeProof });
			await server.place(workspace.id, { id: "123456" });
			const { token } = await server.key(workspace.id);
			game = await startGame({
				url: server.origin,
				key: `"${token}"`,
				connect: { studio: { placeId: 123456 } },
				server: { studio: true, placeId: 0 },
			});
			expect(await game.verify()).toMatchObject(outcome);
			await game.close();
			game = undefined;
		}
	});

	test("warns that the game still uses the old token of a rotated key", async () => {
		const { game, key, act } = await connect();
		await act("POST", `/v1/keys/${key.id}/rotate`, { overlapSeconds: 600 });
		expect((await game.verify()).ok).toBe(true);
		expect(game.lines()).toEqual([expect.stringContaining("rotated")]);
	});

	test("stays verified when a call is denied because of its kind of key, or finds nothing", async () => {
		const { game, workspace } = await connect();
		await game.verify();
		const managing = await game.lua(
			`return placelock:call(${luauLiteral(endpoints["keys.list"])}, { params = { workspaceId = "${workspace.id}" } })`,
		);
		expect(managing.error).toMatchObject({ kind: "denied", code: "kind_not_allowed" });
		expect((await game.lua(`return placelock:request({ path = "/v1/nowhere" })`)).error).toMatchObject({
			kind: "invalid",
			code: "not_found",
		});
		expect(await game.status()).toBe("verified");
	});

	test("calls an endpoint that anyone may call", async () => {
		const { game } = await connect();
		expect(await game.lua(`return placelock:call(${luauLiteral(endpoints["health.ready"])})`)).toEqual({
			ok: true,
			value: { status: "ok" },
		});
	});

	test("calls an exported endpoint", async () => {
		const { game, key } = await connect();
		expect(await game.lua("return placelock:call(Placelock.endpoints.verify)")).toMatchObject({
			ok: true,
			value: { key: { id: key.id }, place: { id: "123456", proof: "header" } },
		});
	});
});
