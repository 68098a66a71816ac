import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

const hour = 3_600_000;
const day = 24 * hour;

function suite(place: () => { mongodbUri?: string }): void {
	const clock = new FakeClock();
	const began = clock.now();
	const noon = (days: number, hours = 0) => new Date(began + days * day + hours * hour).toISOString();
	const server = useServer(() => ({ ...place(), clock }));
	let admin: string;
	let home: Fixture;
	let second: { key: { id: string }; token: string };

	beforeAll(async () => {
		admin = await server.adminToken();
		home = await server.fixture();
		second = await server.key(home.workspace.id);
		// Three days; the second key is used only on the last one, and denied once.
		for (const [at, token, id] of [
			[0, home.token, home.place.id],
			[hour, home.token, home.place.id],
			[hour, home.token, home.place.id],
			[day, home.token, "1"],
			[2 * day, second.token, home.place.id],
			[2 * day, second.token, home.place.id],
			[2 * day, second.token, home.place.id],
			[2 * day, second.token, home.place.id],
			[2 * day + hour, second.token, "1"],
		] as const) {
			clock.set(began + at);
			await server.verify(token, id);
		}
		await server.app.writeUsage();
	});

	const usage = async (query: Record<string, string> = {}, token = admin) =>
		(
			await server.call("GET", `/v1/workspaces/${home.workspace.id}/usage?${new URLSearchParams(query)}`, {
				token,
			})
		).body;

	it("covers the last 30 UTC days by default, by day and by key", async () => {
		const midnight = (days: number) => new Date(began - 12 * hour + days * day).toISOString();
		expect(await usage()).toEqual({
			bucket: "day",
			from: midnight(-27),
			to: midnight(3),
			total: { verified: 7, denied: 2 },
			buckets: [
				{ at: midnight(0), verified: 3, denied: 0 },
				{ at: midnight(1), verified: 0, denied: 1 },
				{ at: midnight(2), verified: 4, denied: 1 },
			],
			keys: [
				{ keyId: second.key.id, verified: 4, denied: 1 },
				{ keyId: home.key.id, verified: 3, denied: 1 },
			],
		});
	});

	it("covers the last day by hour", async () => {
		const { keys, ...report } = await usage({ bucket: "hour" });
		expect(keys).toBeUndefined();
		expect(report).toEqual({
			bucket: "hour",
			from: noon(1, 1),
			to: noon(2, 1),
			total: { verified: 4, denied: 0 },
			buckets: [{ at: noon(2), verified: 4, denied: 0 }],
		});
	});

	it("contains whole buckets of the range, and nothing outside", async () => {
		const query = { bucket: "hour", from: noon(0, 0.5), to: noon(0, 1.5) };
		expect(await usage(query)).toMatchObject({
			from: noon(0),
			to: noon(0, 2),
			buckets: [
				{ at: noon(0), verified: 1 },
				{ at: noon(0, 1), verified: 2 },
			],
		});
		const { total, keys } = await usage({ from: noon(1), to: noon(1, 1) });
		expect(total).toEqual({ verified: 0, denied: 1 });
		expect(keys).toEqual([{ keyId: home.key.id, verified: 0, denied: 1 }]);
	});

	it("can cover one key, of this workspace", async () => {
		const report = await usage({ keyId: second.key.id, bucket: "hour", from: noon(0), to: noon(3) });
		expect(report.total).toEqual({ verified: 4, denied: 1 });
		expect(report.buckets.map(({ at }: { at: string }) => at)).toEqual([noon(2), noon(2, 1)]);
		expect((await usage({ keyId: home.key.id })).keys).toBeUndefined();
		const elsewhere = await server.fixture();
		for (const keyId of [elsewhere.key.id, "nobody"]) {
			expect((await usage({ keyId })).code).toBe("not_found");
		}
	});

	it.each([
		["a range that ends before it begins", { from: noon(1), to: noon(0) }, "from"],
		["more days than are kept", { from: noon(-92), to: noon(0) }, "from"],
		["more days than there are by the hour", { bucket: "hour", from: noon(-32), to: noon(0) }, "from"],
		["what is no time", { from: "yesterday" }, "from"],
		["another bucket", { bucket: "week" }, "bucket"],
	])("rejects %s", async (_what, query, path) => {
		expect(await usage(query as Record<string, string>)).toMatchObject({
			code: "validation_failed",
			errors: [{ path }],
		});
	});

	it("accepts the longest ranges, wherever in a bucket they start", async () => {
		expect((await usage({ from: noon(-90, 0.1), to: noon(0, 0.1) })).bucket).toBe("day");
		const hours = { bucket: "hour", from: noon(-31, 0.1), to: noon(0, 0.1) };
		expect((await usage(hours)).bucket).toBe("hour");
	});

	it("requires its scope, and a workspace that the account may see", async () => {
		expect((await usage({}, await server.adminToken(["keys.read"]))).code).toBe("scope_missing");
		const nowhere = await server.call("GET", "/v1/workspaces/ws_nowhere/usage", { token: admin });
		expect(nowhere.body.code).toBe("not_found");
	});
}

describe("a workspace's usage, on the embedded database", () => suite(() => ({})));
describeWithMongo("a workspace's usage, on MongoDB", (mongodb) =>
	suite(() => ({ mongodbUri: mongodb.newUri() })),
);
