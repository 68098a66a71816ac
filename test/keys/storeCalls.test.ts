import { generateToken, newKeyId } from "../../server/secrets/token.js";
import { FakeClock } from "../support/clock.js";
import { type Fixture, testSecrets } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

/** How often verifying reads the database: not at all while the key is in memory. */
describe.each([true, false])("the store calls of a verification (fast path: %s)", (fastPath) => {
	const clock = new FakeClock();
	const server = useServer({ clock, fastPath });
	let home: Fixture;
	beforeEach(async () => {
		home = await server.fixture({ key: { rateLimit: { limit: 1_000, windowSeconds: 60 } } });
		server.store.clearCalls();
	});

	it("are one read each of key, workspace and place on first sight, and none after", async () => {
		await server.verify(home.token, home.place.id);
		expect([...server.store.calls].sort()).toEqual(["keys.findById", "places.find", "workspaces.findById"]);
		server.store.clearCalls();
		for (let i = 0; i < 50; i++) expect((await server.verify(home.token, home.place.id)).status).toBe(200);
		expect(server.store.calls).toEqual([]);
	});

	it("are none for denials of a key that is in memory", async () => {
		await server.verify(home.token, home.place.id);
		await server.verify(home.token, "1");
		server.store.clearCalls();
		for (let i = 0; i < 10; i++) {
			expect((await server.verify(home.token, "1")).body.code).toBe("place_not_allowed");
		}
		expect(server.store.calls).toEqual([]);
	});

	it("are shared by concurrent requests", async () => {
		const responses = await Promise.all(
			Array.from({ length: 20 }, () => server.verify(home.token, home.place.id)),
		);
		expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
		expect([...server.store.calls].sort()).toEqual(["keys.findById", "places.find", "workspaces.findById"]);
	});

	it("are one read of the counter for a key with a quota, once a period", async () => {
		const { token } = await server.key(home.workspace.id, { quota: { limit: 100, period: "day" } });
		await server.verify(token, home.place.id);
		server.store.clearCalls();
		for (let i = 0; i < 5; i++) await server.verify(token, home.place.id);
		expect(server.store.calls).toEqual([]);
	});

	it("are none, ever, for a token that is malformed, truncated or invented", async () => {
		const { token: foreign } = generateToken("game", newKeyId(), {
			current: "the secret of another server, 32 bytes",
			retired: [],
		});
		const wrong = [
			"x",
			"plk_game_",
			home.token.slice(0, -1),
			`${home.token}0`,
			home.token.replace("plk_game_", "plk_adm_"),
			home.token.slice(0, -6) + (home.token.endsWith("000000") ? "111111" : "000000"),
			foreign,
		];
		for (const token of wrong) {
			const response = await server.call("POST", "/v1/verify", { headers: { "x-api-key": token }, body: {} });
			expect(response.body.code).toBe("key_unknown");
		}
		expect(server.store.calls).toEqual([]);
	});

	it("are one read for a valid token whose key was deleted, and none for its next requests", async () => {
		const { token } = generateToken("game", newKeyId(), testSecrets);
		for (let i = 0; i < 5; i++) expect((await server.verify(token, "1")).body.code).toBe("key_unknown");
		expect(server.store.calls).toEqual(["keys.findById"]);
	});

	it("write nothing until the flush, and then all use together", async () => {
		const other = await server.fixture();
		server.store.clearCalls();
		for (let i = 0; i < 5; i++) {
			await server.verify(home.token, home.place.id);
			await server.verify(other.token, other.place.id);
			await server.verify(other.token, "1");
		}
		expect(server.store.calls.filter((call) => !/\.find(ById)?$/.test(call))).toEqual([]);
		server.store.clearCalls();
		await server.app.writeUsage();
		expect(server.store.calls).toEqual(["usage.add", "denials.add", "activity.add"]);
		const hour = clock.now() - (clock.now() % 3_600_000);
		const hoursOf = (keyId: string) => server.store.usage.hours(keyId, hour, hour + 1);
		expect(await hoursOf(home.key.id)).toEqual([{ hour, verified: 5, refused: 0 }]);
		expect(await hoursOf(other.key.id)).toEqual([{ hour, verified: 5, refused: 5 }]);
		expect(await server.store.usage.lastUse(home.key.id)).toMatchObject({
			at: clock.now(),
			placeId: home.place.id,
			address: "127.0.0.1",
		});
	});
});
