import fc from "fast-check";
import { FairQueue } from "../../server/primitives/fairQueue.js";

/** Work that ends when a test says so, in the order it was started. */
function workshop(limits: { running: number; waiting: number }) {
	const queue = new FairQueue(limits);
	const started: string[] = [];
	const ends: (() => void)[] = [];
	const outcomes = new Map<string, string | undefined>();
	return {
		queue,
		started,
		outcomes,
		ask: (who: string, name: string) =>
			queue
				.run(who, () => {
					started.push(name);
					return new Promise<string>((resolve) => ends.push(() => resolve(name)));
				})
				.then((outcome) => outcomes.set(name, outcome)),
		finishOne: async () => {
			ends.shift()?.();
			await new Promise((resolve) => setImmediate(resolve));
		},
		settle: () => new Promise((resolve) => setImmediate(resolve)),
	};
}

describe("a fair queue", () => {
	it("lets those who wait take turns, however much one of them asks for", async () => {
		const { ask, started, finishOne } = workshop({ running: 1, waiting: 10 });
		for (let i = 1; i <= 6; i++) ask("flood", `flood ${i}`);
		ask("kim", "kim 1");
		ask("sam", "sam 1");
		for (let i = 0; i < 8; i++) await finishOne();
		expect(started.slice(0, 4)).toEqual(["flood 1", "flood 2", "kim 1", "sam 1"]);
		expect(started).toHaveLength(8);
	});

	it("turns away whoever has the most in a full line, and not the others", async () => {
		const { ask, outcomes, settle, finishOne, started } = workshop({ running: 1, waiting: 3 });
		for (let i = 1; i <= 5; i++) ask("flood", `flood ${i}`);
		await settle();
		expect([...outcomes]).toEqual([["flood 5", undefined]]);
		ask("kim", "kim 1");
		await settle();
		expect([...outcomes]).toEqual([
			["flood 5", undefined],
			["flood 4", undefined],
		]);
		for (let i = 0; i < 4; i++) await finishOne();
		expect(started).toContain("kim 1");
	});

	it("goes on after work that failed", async () => {
		const queue = new FairQueue({ running: 1, waiting: 1 });
		const failing = queue.run("a", () => Promise.reject(new Error("on purpose")));
		const next = queue.run("b", async () => "done");
		await expect(failing).rejects.toThrow("on purpose");
		expect(await next).toBe("done");
	});

	it("never runs more than it may, and finishes all it took", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 }),
				fc.integer({ min: 1, max: 3 }),
				fc.integer({ min: 1, max: 8 }),
				async (asks, running, waiting) => {
					const queue = new FairQueue({ running, waiting });
					let now = 0;
					let most = 0;
					const outcomes = await Promise.all(
						asks.map((who) =>
							queue.run(who, async () => {
								most = Math.max(most, ++now);
								await new Promise((resolve) => setImmediate(resolve));
								now--;
								return true;
							}),
						),
					);
					expect(most).toBeLessThanOrEqual(running);
					const taken = outcomes.filter((outcome) => outcome === true).length;
					expect(taken).toBe(Math.min(asks.length, running + waiting));
				},
			),
		);
	});
});
