import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

const clock = new FakeClock();
const server = useServer({ clock });
let admin: string;
let home: Fixture;

beforeAll(async () => {
	admin = await server.adminToken();
});
beforeEach(async () => {
	home = await server.fixture({ workspace: { idleDays: 2 } });
});

async function denials(query = ""): Promise<{ data: any[]; nextCursor?: string }> {
	await server.app.writeUsage();
	const path = `/v1/workspaces/${home.workspace.id}/denials${query}`;
	return (await server.call("GET", path, { token: admin })).body;
}

describe("the record of denied requests", () => {
	it("contains what was denied, why, when, from where, and how well that was proven", async () => {
		await server.verify(home.token, "4711");
		clock.advance(1_000);
		await server.verify(home.token, "4711");
		const { data } = await denials();
		expect(data).toEqual([
			{
				id: expect.any(String),
				code: "place_not_allowed",
				detail: "Place 4711 is not on the allow-list of this key's workspace.",
				keyId: home.key.id,
				keyName: home.key.name,
				placeId: "4711",
				proof: "header",
				address: "127.0.0.1",
				count: 2,
				firstAt: new Date(clock.now() - 1_000).toISOString(),
				lastAt: new Date(clock.now()).toISOString(),
			},
		]);
		await server.verify(home.token, "4711");
		expect((await denials()).data).toMatchObject([{ count: 3 }]);
	});

	it("contains both places if body and header differ, and none if none was sent", async () => {
		await server.verify(home.token, home.place.id, { body: { placeId: 5 } });
		await server.call("POST", "/v1/verify", { token: home.token, body: {} });
		await server.call("POST", "/v1/verify", { token: home.token, body: { placeId: "6" } });
		const { data } = await denials();
		const byCode = new Map(data.map((one) => [one.code, one]));
		expect(byCode.get("place_mismatch")).toMatchObject({ placeId: home.place.id, claimedPlaceId: "5" });
		expect(byCode.get("place_missing")).not.toHaveProperty("placeId");
		expect(byCode.get("place_missing")).not.toHaveProperty("proof");
		expect(byCode.get("place_unproven")).toMatchObject({ placeId: "6", proof: "claimed" });
	});

	it("includes denials before the place check, with the place of the header", async () => {
		await server.call("POST", `/v1/keys/${home.key.id}/disable`, { token: admin });
		await server.verify(home.token, "99");
		expect((await denials()).data).toMatchObject([{ code: "key_disabled", placeId: "99", proof: "header" }]);
	});

	it("includes introspected keys and service keys", async () => {
		const input = { kind: "service", scopes: ["keys.introspect"] } as const;
		const { token } = await server.key(home.workspace.id, input);
		await server.call("POST", "/v1/keys/introspect", { token, body: { token: home.token, placeId: 8 } });
		await server.verify(token, "9");
		const { data } = await denials();
		expect(data.map(({ code, placeId }) => `${code} ${placeId}`).sort()).toEqual([
			"kind_not_allowed 9",
			"place_not_allowed 8",
		]);
	});

	it("contains the missing scope, separately for each scope, and none for other reasons", async () => {
		const asking = (token: string, scope: string) => {
			const body = { token: home.token, placeId: home.place.id, scope };
			return server.call("POST", "/v1/keys/introspect", { token, body });
		};
		const service = { kind: "service", scopes: [] as string[] } as const;
		const { token: without, key } = await server.key(home.workspace.id, service);
		const { token } = await server.key(home.workspace.id, { ...service, scopes: ["keys.introspect"] });
		await asking(without, "bans.read");
		await asking(token, "bans.read");
		await asking(token, "bans.write");
		const body = { token: home.token, placeId: "1", scope: "bans.read" };
		await server.call("POST", "/v1/keys/introspect", { token, body });
		const { data } = await denials();
		expect(data.map(({ code, keyId, scope }) => [code, keyId === key.id, scope]).sort()).toEqual([
			["place_not_allowed", false, undefined],
			["scope_missing", false, "bans.read"],
			["scope_missing", false, "bans.write"],
			["scope_missing", true, "keys.introspect"],
		]);
	});

	it("contains the key's name at the last denial", async () => {
		await server.verify(home.token, "1");
		await server.app.writeUsage();
		await server.call("PATCH", `/v1/keys/${home.key.id}`, { token: admin, body: { name: "Renamed" } });
		await server.verify(home.token, "1");
		expect((await denials()).data).toMatchObject([{ count: 2, keyName: "Renamed" }]);
	});

	it("contains no requests without a valid token, whatever key they name", async () => {
		await server.verify(`${home.token.slice(0, -1)}x`, home.place.id);
		await server.verify("plk_game_made-up", home.place.id);
		await server.call("POST", "/v1/verify", { body: {} });
		expect((await denials()).data).toEqual([]);
	});

	it("leaves out what a caller sent in place of an ID, and never contains the token", async () => {
		for (const robloxId of ["0", home.token, "9999999999999999999", "x".repeat(5_000)]) {
			await server.verify(home.token, robloxId);
		}
		const { data } = await denials();
		expect(data.every((one) => one.placeId === undefined || one.placeId.length <= 19)).toBe(true);
		expect(JSON.stringify(data)).not.toContain(home.token.slice(21));
	});

	it("belongs to one workspace, page by page", async () => {
		for (const place of ["1", "2", "3"]) {
			clock.advance(1);
			await server.verify(home.token, place);
		}
		const first = await denials("?limit=2");
		expect(first.data.map(({ placeId }) => placeId)).toEqual(["3", "2"]);
		const second = await denials(`?limit=2&cursor=${first.nextCursor}`);
		expect(second.data.map(({ placeId }) => placeId)).toEqual(["1"]);
		expect(second).not.toHaveProperty("nextCursor");
		home = await server.fixture();
		expect((await denials()).data).toEqual([]);
	});

	it("requires its own scope, and a workspace that the account may see", async () => {
		const path = `/v1/workspaces/${home.workspace.id}/denials`;
		const token = await server.adminToken(["usage.read"]);
		expect((await server.call("GET", path, { token })).body.code).toBe("scope_missing");
		const nowhere = await server.call("GET", "/v1/workspaces/ws_nowhere/denials", { token: admin });
		expect(nowhere.body.code).toBe("not_found");
	});
});
