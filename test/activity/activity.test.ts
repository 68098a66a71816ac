import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

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

	const path = (query = "") => `/v1/workspaces/${home.workspace.id}/activity${query}`;
	async function activity(span?: string) {
		await server.app.writeUsage();
		return (await server.call("GET", path(span && `?span=${span}`), { token: admin })).body;
	}
	const iso = (at: number) => new Date(at).toISOString();
	const pointsWithRequests = (report: { points: { verified: number; denied: number }[] }) =>
		report.points.filter(({ verified, denied }) => verified + denied > 0);

	/** A verification with a new key, during which the store takes this long. */
	async function slowCall(ms: number): Promise<void> {
		const { token } = await server.key(home.workspace.id);
		server.store.holdUntil((call) => {
			if (call === "keys.findById") clock.advance(ms);
			return undefined;
		});
		await server.verify(token, home.place.id);
		server.store.holdUntil(undefined);
	}

	it("has every minute of the last hour, with its requests", async () => {
		const began = clock.now();
		await server.verify(home.token, home.place.id);
		clock.advance(2 * minute + 30_000);
		await server.verify(home.token, home.place.id);
		await server.verify(home.token, "1");
		const report = await activity("hour");
		const to = began + 3 * minute;
		const latency = { p50Ms: expect.any(Number), p95Ms: expect.any(Number) };
		expect(report).toEqual({
			span: "hour",
			from: iso(to - hour),
			to: iso(to),
			lastCallAt: iso(clock.now()),
			total: { verified: 2, denied: 1, latency },
			points: expect.any(Array),
		});
		expect(report.points.map(({ at }: { at: string }) => at)).toEqual(
			Array.from({ length: 60 }, (_, n) => iso(to - hour + n * minute)),
		);
		expect(report.points.slice(-4)).toEqual([
			{ at: iso(began - minute), verified: 0, denied: 0 },
			{ at: iso(began), verified: 1, denied: 0, latency },
			{ at: iso(began + minute), verified: 0, denied: 0 },
			{ at: iso(began + 2 * minute), verified: 1, denied: 1, latency },
		]);
	});

	it("covers the last day by hour, and thirty UTC days, and drops what is older", async () => {
		const noon = clock.now();
		for (const at of [0, 27 * day + 12 * hour, 28 * day, 29 * day - hour, 29 * day]) {
			clock.set(noon + at);
			await server.verify(home.token, home.place.id);
		}
		const byHour = await activity();
		expect(byHour).toMatchObject({ span: "day", total: { verified: 2 } });
		expect(byHour.points).toHaveLength(24);
		expect(pointsWithRequests(byHour)).toMatchObject([
			{ at: iso(noon + 29 * day - hour) },
			{ at: iso(noon + 29 * day) },
		]);
		const byDay = await activity("month");
		expect(byDay.points).toHaveLength(30);
		expect(byDay.points[0].at).toBe(iso(noon - 12 * hour));
		expect(byDay.points.at(-1)).toMatchObject({ at: iso(noon + 28.5 * day), verified: 2 });
		expect(byDay.total).toMatchObject({ verified: 5, denied: 0 });
		expect(pointsWithRequests(byDay)).toHaveLength(3);
		clock.advance(day);
		expect(await activity("month")).toMatchObject({ total: { verified: 4 } });
		expect(await activity("day")).toMatchObject({ total: { verified: 0 }, lastCallAt: iso(noon + 29 * day) });
		expect((await activity("day")).total).not.toHaveProperty("latency");
	});

	it("reports how long requests took, per point and in total", async () => {
		await slowCall(7);
		clock.advance(minute);
		for (let n = 0; n < 3; n++) await slowCall(70);
		const report = await activity("hour");
		expect(pointsWithRequests(report)).toMatchObject([
			{ latency: { p50Ms: 7.5, p95Ms: 9.75 } },
			{ latency: { p50Ms: 75, p95Ms: 97.5 } },
		]);
		const [{ p50Ms, p95Ms }] = [report.total.latency];
		expect([p50Ms, p95Ms]).toEqual([66.667, 96.667]);
	});

	it("contains denials for any reason, and no requests without a known key", async () => {
		await server.verify("plk_game_made-up", home.place.id);
		await server.call("GET", path(), { token: admin });
		expect(await activity("hour")).not.toHaveProperty("lastCallAt");
		await server.verify(home.token, "1");
		await server.call("POST", `/v1/keys/${home.key.id}/disable`, { token: admin });
		await server.verify(home.token, home.place.id);
		expect((await activity("hour")).total).toMatchObject({ verified: 0, denied: 2 });
	});

	it("counts an introspection once", async () => {
		const { token } = await server.key(home.workspace.id, { kind: "service", scopes: ["keys.introspect"] });
		await server.call("POST", "/v1/keys/introspect", { token, body: { token: home.token, placeId: 1 } });
		expect((await activity("hour")).total).toMatchObject({ verified: 1, denied: 0 });
	});

	it("costs no store call, except one write of all requests at each flush", async () => {
		await server.verify(home.token, home.place.id);
		await server.app.writeUsage();
		server.store.clearCalls();
		for (let n = 0; n < 20; n++) await server.verify(home.token, n % 2 === 0 ? home.place.id : "1");
		const touched = () => server.store.calls.filter((call) => call.startsWith("activity."));
		expect(touched()).toEqual([]);
		await server.app.writeUsage();
		expect(touched()).toEqual(["activity.add"]);
		expect((await activity("hour")).total).toMatchObject({ verified: 11, denied: 10 });
	});

	it("is kept for its time: minutes for a day, hours as long as usage", async () => {
		await server.verify(home.token, home.place.id);
		await server.app.writeUsage();
		const kept = async () => {
			await server.app.retain();
			const [minutes, hours] = await Promise.all([
				server.store.activity.minutes(home.workspace.id, 0, clock.now() + day),
				server.store.activity.hours(home.workspace.id, 0, clock.now() + day),
			]);
			return [minutes.length, hours.length];
		};
		clock.advance(day);
		expect(await kept()).toEqual([1, 1]);
		clock.advance(hour);
		expect(await kept()).toEqual([0, 1]);
		clock.advance(88 * day);
		expect(await kept()).toEqual([0, 1]);
		clock.advance(3 * day);
		expect(await kept()).toEqual([0, 0]);
	});

	it("requires its scope, a known span, and a workspace that the account may see", async () => {
		const token = await server.adminToken(["keys.read"]);
		expect((await server.call("GET", path(), { token })).body.code).toBe("scope_missing");
		const week = await server.call("GET", path("?span=week"), { token: admin });
		expect(week.body).toMatchObject({ code: "validation_failed", errors: [{ path: "span" }] });
		const nowhere = await server.call("GET", "/v1/workspaces/ws_nowhere/activity", { token: admin });
		expect(nowhere.body.code).toBe("not_found");
	});
}

describe("a workspace's activity, on the embedded database", () => suite(() => ({})));
describeWithMongo("a workspace's activity, on MongoDB", (mongodb) =>
	suite(() => ({ mongodbUri: mongodb.newUri() })),
);

describe("activity seen by two instances", () => {
	describeWithMongo("of one database", (mongodb) => {
		it("is added up", async () => {
			const clock = new FakeClock();
			const mongodbUri = mongodb.newUri();
			const servers = [
				await startServer({ mongodbUri, clock }),
				await startServer({ mongodbUri, clock }),
			] as const;
			const [here, there] = servers;
			const home = await here.fixture();
			for (const server of servers) await server.verify(home.token, home.place.id);
			await Promise.all(servers.map(({ app }) => app.writeUsage()));
			const token = await here.adminToken();
			const response = await there.call("GET", `/v1/workspaces/${home.workspace.id}/activity`, { token });
			expect(response.body.total).toMatchObject({ verified: 2, denied: 0 });
			for (const server of servers) await server.close();
		});
	});
});
