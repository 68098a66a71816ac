import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";

const hour = 3_600_000;

/** During an overlap you want to know whether anyone still uses the old token. */
function suite(place: () => { mongodbUri?: string }): void {
	let clock: FakeClock;
	let server: TestServer;
	let admin: string;
	let home: Fixture;

	beforeEach(async () => {
		clock = new FakeClock();
		server = await startServer({ ...place(), clock });
		admin = await server.adminToken();
		home = await server.fixture();
	});
	afterEach(() => server.close());

	const keyPath = () => `/v1/keys/${home.key.id}`;
	async function rotate(overlapSeconds: number) {
		clock.advance(1);
		return (await server.call("POST", `${keyPath()}/rotate`, { token: admin, body: { overlapSeconds } }))
			.body;
	}
	async function oldTokenUse(): Promise<string | undefined> {
		await server.app.writeUsage();
		const { body: key } = await server.call("GET", keyPath(), { token: admin });
		const list = await server.call("GET", `/v1/workspaces/${home.workspace.id}/keys`, { token: admin });
		expect(list.body.data[0].previousLastUsedAt).toBe(key.previousLastUsedAt);
		expect(key.lastUse ?? {}).not.toHaveProperty("previous");
		return key.previousLastUsedAt;
	}
	const use = async (token: string) => (await server.verify(token, home.place.id)).status;
	const now = () => new Date(clock.now()).toISOString();

	it("reports when the rotated-out token was last used, ignoring use of the new one", async () => {
		await use(home.token);
		expect(await oldTokenUse()).toBeUndefined();
		const { token } = await rotate(hour / 1000);
		await use(token);
		expect(await oldTokenUse()).toBeUndefined();
		clock.advance(1_000);
		await use(home.token);
		const used = now();
		expect(await oldTokenUse()).toBe(used);
		clock.advance(1_000);
		await use(token);
		expect(await oldTokenUse()).toBe(used);
	});

	it("is reported until a day after the overlap; denied requests do not count as use", async () => {
		await rotate(60);
		await use(home.token);
		const used = now();
		clock.advance(60_000);
		expect(await use(home.token)).toBe(401);
		expect(await oldTokenUse()).toBe(used);
		clock.advance(24 * hour - 1);
		expect(await oldTokenUse()).toBe(used);
		clock.advance(1);
		expect(await oldTokenUse()).toBeUndefined();
	});

	it("starts over with the next rotation, in its response too", async () => {
		const { token } = await rotate(60);
		await use(home.token);
		expect(await oldTokenUse()).toBe(now());
		const rotated = await rotate(0);
		expect(rotated).not.toHaveProperty("previousLastUsedAt");
		expect(await use(token)).toBe(401);
		expect(await oldTokenUse()).toBeUndefined();
	});
}

describe("the use of a rotated-out token, on the embedded database", () => suite(() => ({})));
describeWithMongo("the use of a rotated-out token, on MongoDB", (mongodb) =>
	suite(() => ({ mongodbUri: mongodb.newUri() })),
);
