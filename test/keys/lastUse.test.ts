import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "../support/clock.js";
import { exchange, head } from "../support/rawHttp.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";
import { waitFor } from "../support/waitFor.js";

const day = 86_400_000;

/** What counts is the last use on any instance, and an instance only knows of the requests it accepted itself. */
describe("a key that was last used at another instance", () => {
	let dataDir: string;
	let clock: FakeClock;
	let here: TestServer;
	let there: TestServer;
	let home: Fixture;

	beforeEach(async () => {
		dataDir = mkdtempSync(join(tmpdir(), "placelock-last-use-"));
		clock = new FakeClock();
		here = await startServer({ dataDir, clock });
		there = await startServer({ dataDir, clock });
		home = await here.fixture({ workspace: { idleDays: 2 } });
		// Wait for a confirmation of the change feed: the key's creation was delivered, and nothing will be dropped.
		clock.advance(1);
		await waitFor("a confirmation", async () => {
			const { text } = await there.call("GET", "/metrics");
			return /^placelock_change_feed_age_seconds 0$/m.test(text);
		});
	});
	afterEach(async () => {
		await here.close();
		await there.close();
		rmSync(dataDir, { recursive: true, force: true });
	});

	/** Only the wall clock moves, so records in memory stay fresh. */
	const passDays = (days: number) => clock.set(clock.now() + days * day);
	const outcomeAt = async (server: TestServer) =>
		(await server.verify(home.token, home.place.id)).body.code ?? "ok";

	it("is not denied as idle by an instance that has kept it in memory since before", async () => {
		expect(await outcomeAt(there)).toBe("ok");
		passDays(1.5);
		expect(await outcomeAt(here)).toBe("ok");
		await here.app.writeUsage();
		passDays(1);
		there.store.clearCalls();
		expect(await outcomeAt(there)).toBe("ok");
		expect(there.store.calls).toEqual(["usage.lastUse"]);
		passDays(2);
		expect(await outcomeAt(there)).toBe("key_idle");
	});

	it("is denied as idle until its use is written, and looked up again every five seconds", async () => {
		expect(await outcomeAt(there)).toBe("ok");
		passDays(1.5);
		expect(await outcomeAt(here)).toBe("ok");
		passDays(1);
		there.store.clearCalls();
		expect(await outcomeAt(there)).toBe("key_idle");
		await here.app.writeUsage();
		clock.advance(4_999);
		expect(await outcomeAt(there)).toBe("key_idle");
		expect(there.store.calls).toEqual(["usage.lastUse"]);
		clock.advance(1);
		expect(await outcomeAt(there)).toBe("ok");
		expect(there.store.calls).toEqual(["usage.lastUse", "usage.lastUse"]);
	});

	it.each([
		["sees it for the first time", false],
		["has held it in memory since before", true],
	])(
		"is not denied as idle by an instance that %s, in any of several concurrent requests",
		async (_title, held) => {
			if (held) expect(await outcomeAt(there)).toBe("ok");
			passDays(1.5);
			expect(await outcomeAt(here)).toBe("ok");
			await here.app.writeUsage();
			passDays(1);
			let arrived = 0;
			there.app.server.on("request", () => arrived++);
			let response = () => {};
			const answered = new Promise<void>((resolve) => {
				response = resolve;
			});
			there.store.holdUntil((call) => (call === "usage.lastUse" ? answered : undefined));
			const one = `${head("POST /v1/verify", {
				Authorization: `Bearer ${home.token}`,
				"Roblox-Id": home.place.id,
				"Content-Type": "application/json",
				"Content-Length": 2,
			})}{}`;
			const responses = exchange(there.port, [one.repeat(3)], { answers: 3 });
			await waitFor("all calls", () => arrived === 3 && there.store.calls.includes("usage.lastUse"));
			response();
			expect((await responses).match(/HTTP\/1\.1 \d+/g)).toEqual(Array(3).fill("HTTP/1.1 200"));
		},
	);
});
