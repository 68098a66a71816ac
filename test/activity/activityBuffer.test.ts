import fc from "fast-check";
import { ActivityBuffer } from "../../server/activity/activityBuffer.js";
import type { ActivityMinute } from "../../server/model/activity.js";

const minuteMs = 60_000;

/** Keeps what is written; fails when a test tells it to, without storing anything. */
function newBuffer() {
	const batches: (readonly ActivityMinute[])[] = [];
	const failures: boolean[] = [];
	const buffer = new ActivityBuffer({
		add: async (batch) => {
			await new Promise((resolve) => setImmediate(resolve));
			if (failures.shift() === true) throw new Error("the write failed, on purpose");
			batches.push(batch);
		},
	});
	return { buffer, batches, failures };
}

/** Requests by workspace and minute: verified, denied, in total, and when the last one was. */
function sumsOf(written: readonly ActivityMinute[]): Map<string, number[]> {
	const sums = new Map<string, number[]>();
	for (const { workspaceId, minute, verified, refused, latency, lastAt } of written) {
		const name = `${workspaceId} ${minute}`;
		const [a = 0, b = 0, c = 0, d = 0] = sums.get(name) ?? [];
		const calls = latency.reduce((sum, count) => sum + count, 0);
		sums.set(name, [a + verified, b + refused, c + calls, Math.max(d, lastAt)]);
	}
	return sums;
}

describe("gathered activity", () => {
	const step = fc.oneof(
		{
			weight: 8,
			arbitrary: fc.record({
				do: fc.constant("count" as const),
				workspaceId: fc.constantFrom("ws_a", "ws_b"),
				verified: fc.boolean(),
				ms: fc.nat({ max: 6_000 }),
			}),
		},
		{ weight: 2, arbitrary: fc.record({ do: fc.constant("write" as const), fails: fc.boolean() }) },
		{ weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.nat({ max: 90_000 }) }) },
		{ weight: 1, arbitrary: fc.record({ do: fc.constant("setBack" as const), ms: fc.nat({ max: 90_000 }) }) },
		{ weight: 1, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
	);

	it("is neither lost nor counted twice, however writes fail and overlap and the clock is set", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
				const { buffer, batches, failures } = newBuffer();
				const expected: ActivityMinute[] = [];
				const writes: Promise<unknown>[] = [];
				let now = 1_900_000_000_000;
				for (const each of steps) {
					if (each.do === "count") {
						const { workspaceId, verified } = each;
						buffer.count(workspaceId, verified, now, each.ms);
						const minute = now - (now % minuteMs);
						const counts = { verified: verified ? 1 : 0, refused: verified ? 0 : 1, latency: [1] };
						expected.push({ workspaceId, minute, ...counts, lastAt: now });
					} else if (each.do === "write") {
						failures.push(each.fails);
						writes.push(buffer.write().catch(() => {}));
					} else if (each.do === "pass") now += each.ms;
					else if (each.do === "setBack") now -= each.ms;
					else await new Promise((resolve) => setImmediate(resolve));
				}
				await Promise.all(writes);
				failures.length = 0;
				expect(await buffer.write()).toBe(0);
				expect(sumsOf(batches.flat())).toEqual(sumsOf(expected));
			}),
			{ numRuns: 300 },
		);
	});

	it("is one entry per workspace and minute, with each request in its bucket", async () => {
		const { buffer, batches } = newBuffer();
		buffer.count("ws_a", true, minuteMs + 1, 0.05);
		buffer.count("ws_a", false, minuteMs + 9, 7);
		buffer.count("ws_a", true, minuteMs + 5, 60_000);
		await buffer.write();
		const latency = [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1];
		const counts = { verified: 2, refused: 1, latency, lastAt: minuteMs + 9 };
		expect(batches).toEqual([[{ workspaceId: "ws_a", minute: minuteMs, ...counts }]]);
	});

	it("takes bounded room; requests without room are reported once, even if a write fails in between", async () => {
		const { buffer, batches, failures } = newBuffer();
		for (let n = 0; n < 20_010; n++) buffer.count(`ws_${n}`, true, 0, 1);
		// A known minute needs no new room.
		buffer.count("ws_0", true, 0, 1);
		failures.push(true);
		await expect(buffer.write()).rejects.toThrow("on purpose");
		expect(await buffer.write()).toBe(10);
		expect(await buffer.write()).toBe(0);
		expect(Math.max(...batches.map((batch) => batch.length))).toBe(250);
		const written = batches.flat();
		expect(written).toHaveLength(20_000);
		expect(written.find(({ workspaceId }) => workspaceId === "ws_0")?.verified).toBe(2);
	});

	it("makes no store call when there is nothing to write", async () => {
		const { buffer, batches } = newBuffer();
		await buffer.write();
		expect(batches).toEqual([]);
	});
});
