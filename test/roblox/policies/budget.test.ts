import fc from "fast-check";
import { type Modules, openModules } from "../modules.js";

interface Taking {
	/** Seconds since the previous one. */
	after: number;
	/** Whether Roblox's own limit was reached just before. */
	pause: boolean;
}

const play = `
	local budget = use("policies/budget").createBudget(input.perMinute, 1000)
	local now, seen = 1000, {}
	for index, taking in input.takings do
		now += taking.after
		if taking.pause then budget:pause(now) end
		local result = budget:take(now)
		seen[index] = if result == "taken" then { reason = "taken", seconds = 0 } else result
	end
	return seen
`;

describe("the budget", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const run = (perMinute: number, takings: readonly Taking[]) =>
		modules.run(play, { perMinute, takings }) as Promise<Array<{ reason: string; seconds: number }>>;

	const paces = fc.array(
		fc.record({ after: fc.double({ min: 0, max: 3, noNaN: true }), pause: fc.constant(false) }),
		{
			minLength: 1,
			maxLength: 200,
		},
	);

	test("never allows more than one minute's share plus its even refill", async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 500 }), paces, async (perMinute, takings) => {
				const seen = await run(perMinute, takings);
				const times = takings.reduce<number[]>((all, { after }) => [...all, (all.at(-1) ?? 0) + after], []);
				const taken = times.filter((_, index) => seen[index]?.reason === "taken");
				for (let first = 0; first < taken.length; first++) {
					const seconds = (taken.at(-1) as number) - (taken[first] as number);
					expect(taken.length - first).toBeLessThanOrEqual(perMinute + (seconds * perMinute) / 60 + 1e-6);
				}
			}),
			{ numRuns: 60 },
		);
	});

	test("returns exactly when the next request is possible", async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (perMinute) => {
				const burst = Array.from({ length: perMinute + 1 }, () => ({ after: 0, pause: false }));
				const spent = (await run(perMinute, burst)).at(-1);
				expect(spent?.reason).toBe("spent");
				const early = await run(perMinute, [...burst, { after: (spent?.seconds ?? 0) * 0.99, pause: false }]);
				expect(early.at(-1)?.reason).toBe("spent");
				const onTime = await run(perMinute, [
					...burst,
					{ after: (spent?.seconds ?? 0) + 1e-6, pause: false },
				]);
				expect(onTime.at(-1)?.reason).toBe("taken");
			}),
			{ numRuns: 30 },
		);
	});

	test("allows nothing for 30 seconds after Roblox's own limit was reached", async () => {
		const seen = await run(120, [
			{ after: 0, pause: true },
			{ after: 29.9, pause: false },
			{ after: 0.1, pause: false },
		]);
		expect(seen.map(({ reason }) => reason)).toEqual(["paused", "paused", "taken"]);
		expect(seen[0]?.seconds).toBe(30);
	});
});
