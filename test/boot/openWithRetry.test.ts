import { openWithRetry, startRetryMs } from "../../server/boot/openWithRetry.js";
import { type Store, StoreMisconfigured, StoreUnavailable } from "../../server/store/store.js";
import { FakeClock } from "../support/clock.js";
import { useServer } from "../support/useServer.js";

describe("waiting for a database at start", () => {
	const clock = new FakeClock();
	const server = useServer();

	/** Opens with these outcomes in order, repeating the last. Time passes only in pauses. */
	async function open(outcomes: Array<Error | Store>) {
		const told: string[] = [];
		let tries = 0;
		const began = clock.monotonic();
		const outcome = await openWithRetry(
			async () => {
				const next = outcomes[Math.min(tries++, outcomes.length - 1)];
				if (next === undefined || next instanceof Error) throw next;
				return next;
			},
			clock,
			(message) => told.push(message),
			async (ms) => clock.advance(ms),
		).catch((error: unknown) => error);
		return { outcome, told, tries, waited: clock.monotonic() - began };
	}

	const away = new StoreUnavailable("MongoDB at db.example.com:27017 did not answer");

	it("is not needed when it responds", async () => {
		expect(await open([server.store])).toEqual({ outcome: server.store, told: [], tries: 1, waited: 0 });
	});

	it("continues until it responds, and reports once what it waits for", async () => {
		const { outcome, told, tries } = await open([away, away, away, server.store]);
		expect(outcome).toBe(server.store);
		expect(told).toEqual(["MongoDB at db.example.com:27017 did not answer; retrying for 30 s"]);
		expect(tries).toBe(4);
	});

	it("gives up after 30 s with the last failure", async () => {
		const { outcome, waited, tries } = await open([away]);
		expect(outcome).toBe(away);
		expect(waited).toBeGreaterThan(startRetryMs - 2_000);
		expect(waited).toBeLessThanOrEqual(startRetryMs);
		expect(tries).toBeGreaterThan(20);
	});

	it("fails immediately when waiting cannot help", async () => {
		const wrong = new StoreMisconfigured("a lone server");
		expect(await open([away, wrong])).toMatchObject({ outcome: wrong, tries: 2 });
	});
});
