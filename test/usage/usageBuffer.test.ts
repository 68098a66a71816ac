import fc from "fast-check";
import type { KeyUsage, QuotaUse } from "../../server/model/usage.js";
import type { UsageStore } from "../../server/store/store.js";
import { UsageBuffer } from "../../server/usage/usageBuffer.js";

const hourMs = 3_600_000;
const address = "192.0.2.1";

/** Adds up what is written; fails when a test wants it to, taking nothing. */
class Ledger implements Pick<UsageStore, "add"> {
	readonly hours = new Map<string, { verified: number; refused: number }>();
	readonly lastUses = new Map<string, number>();
	readonly quotas = new Map<string, number>();
	readonly previousUses: unknown[] = [];
	readonly batches: number[] = [];
	failures: boolean[] = [];

	async add(batch: readonly KeyUsage[]): Promise<ReadonlyMap<string, QuotaUse>> {
		await new Promise((resolve) => setImmediate(resolve));
		if (this.failures.shift() === true) throw new Error("the write failed, on purpose");
		this.batches.push(batch.length);
		const written = new Map<string, QuotaUse>();
		for (const { keyId, hours, lastUse, quota } of batch) {
			for (const { hour, verified, refused } of hours) {
				const name = `${keyId} ${hour}`;
				const sum = this.hours.get(name) ?? { verified: 0, refused: 0 };
				this.hours.set(name, { verified: sum.verified + verified, refused: sum.refused + refused });
			}
			if (lastUse?.previous !== undefined) this.previousUses.push({ ...lastUse.previous });
			if (lastUse !== undefined) {
				this.lastUses.set(keyId, Math.max(lastUse.at, this.lastUses.get(keyId) ?? 0));
			}
			if (quota !== undefined) {
				const name = `${keyId} ${quota.periodStart}`;
				const used = quota.used + (this.quotas.get(name) ?? 0);
				this.quotas.set(name, used);
				written.set(keyId, { periodStart: quota.periodStart, used });
			}
		}
		return written;
	}
}

function newBuffer(quotaWritten: (keyId: string, written: QuotaUse, added: number) => void = () => {}) {
	const ledger = new Ledger();
	const store: UsageStore = {
		add: (batch) => ledger.add(batch),
		lastUse: async () => undefined,
		lastUses: async () => new Map(),
		quotaUsed: async () => 0,
		hours: async () => [],
		workspaceHours: async () => [],
		keySums: async () => [],
		deleteBefore: async () => 0,
		deleteOrphans: async () => ({ deleted: 0 }),
	};
	return { ledger, buffer: new UsageBuffer(store, quotaWritten) };
}

describe("gathered use", () => {
	const keyId = fc.constantFrom("a", "b", "c");
	const step = fc.oneof(
		{ weight: 6, arbitrary: fc.record({ do: fc.constant("accept" as const), keyId, quota: fc.boolean() }) },
		{ weight: 2, arbitrary: fc.record({ do: fc.constant("deny" as const), keyId }) },
		{ weight: 2, arbitrary: fc.record({ do: fc.constant("write" as const), fails: fc.boolean() }) },
		{
			weight: 2,
			arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.nat({ max: 2 * hourMs }) }),
		},
		{ weight: 1, arbitrary: fc.record({ do: fc.constant("setBack" as const), ms: fc.nat({ max: 60_000 }) }) },
		{ weight: 1, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
	);

	it("is neither lost nor counted twice, however writes fail and overlap; the last use only moves forward", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
				const { ledger, buffer } = newBuffer();
				const expected = new Map<string, { verified: number; refused: number }>();
				const lastUses = new Map<string, number>();
				const quotas = new Map<string, number>();
				const writes: Promise<void>[] = [];
				let now = 1_900_000_000_000;
				const hourOf = (key: string) => {
					const name = `${key} ${now - (now % hourMs)}`;
					const counts = expected.get(name) ?? { verified: 0, refused: 0 };
					expected.set(name, counts);
					return counts;
				};
				for (const each of steps) {
					if (each.do === "accept") {
						buffer.accepted(
							{ id: each.keyId },
							{ at: now, address, placeId: "1", quotaPeriodStart: each.quota ? 5 : undefined },
						);
						hourOf(each.keyId).verified++;
						lastUses.set(each.keyId, Math.max(now, lastUses.get(each.keyId) ?? 0));
						if (each.quota) quotas.set(`${each.keyId} 5`, (quotas.get(`${each.keyId} 5`) ?? 0) + 1);
					} else if (each.do === "deny") {
						buffer.denied({ id: each.keyId }, now);
						hourOf(each.keyId).refused++;
					} else if (each.do === "write") {
						ledger.failures.push(each.fails);
						writes.push(buffer.write().catch(() => {}));
					} else if (each.do === "pass") now += each.ms;
					else if (each.do === "setBack") now -= each.ms;
					else await new Promise((resolve) => setImmediate(resolve));
				}
				await Promise.all(writes);
				ledger.failures = [];
				await buffer.write();
				expect(ledger.hours).toEqual(expected);
				expect(ledger.lastUses).toEqual(lastUses);
				expect(ledger.quotas).toEqual(quotas);
			}),
			{ numRuns: 300 },
		);
	});

	it("of a failed write is added to what came since, including quota and last use", async () => {
		const { ledger, buffer } = newBuffer();
		const accept = (at: number) =>
			buffer.accepted({ id: "a" }, { at, address, placeId: "1", quotaPeriodStart: 5 });
		accept(1);
		accept(2);
		ledger.failures = [true];
		const write = buffer.write();
		// The write has started: what comes now is not part of it.
		await Promise.resolve();
		await Promise.resolve();
		accept(3);
		await expect(write).rejects.toThrow("on purpose");
		await buffer.write();
		expect(ledger.quotas).toEqual(new Map([["a 5", 3]]));
		expect(ledger.hours).toEqual(new Map([["a 0", { verified: 3, refused: 0 }]]));
		expect(ledger.lastUses).toEqual(new Map([["a", 3]]));
	});

	it("of a rotated-out token moves forward by rotation, then by time, across failed writes too", async () => {
		const { ledger, buffer } = newBuffer();
		const accept = (at: number, rotatedAt?: number) =>
			buffer.accepted({ id: "a" }, { at, address, rotatedAt });
		accept(10, 5);
		accept(9, 5);
		ledger.failures = [true];
		await expect(buffer.write()).rejects.toThrow("on purpose");
		accept(8, 5);
		accept(11);
		await buffer.write();
		accept(7, 6);
		accept(12, 5);
		await buffer.write();
		expect(ledger.previousUses).toEqual([
			{ at: 10, rotatedAt: 5 },
			{ at: 7, rotatedAt: 6 },
		]);
	});

	it("is written in batches, so that no transaction grows without bound; batches after a failed one are kept", async () => {
		const { ledger, buffer } = newBuffer();
		for (let i = 0; i < 1_200; i++) buffer.accepted({ id: `k${i}` }, { at: i, address });
		ledger.failures = [false, true];
		await expect(buffer.write()).rejects.toThrow("on purpose");
		expect(ledger.batches).toEqual([500]);
		await buffer.write();
		expect(ledger.batches).toEqual([500, 500, 200]);
		expect(ledger.lastUses.size).toBe(1_200);
	});

	it("makes no store call when there is nothing to write", async () => {
		const { ledger, buffer } = newBuffer();
		await buffer.write();
		expect(ledger.batches).toEqual([]);
	});

	it("reports after a write how much all instances used of a quota, and how much this one added", async () => {
		const reports: unknown[] = [];
		const { ledger, buffer } = newBuffer((...report) => reports.push(report));
		ledger.quotas.set("a 5", 10);
		buffer.accepted({ id: "a" }, { at: 1, address, quotaPeriodStart: 5 });
		buffer.accepted({ id: "a" }, { at: 2, address, quotaPeriodStart: 5 });
		await buffer.write();
		expect(reports).toEqual([["a", { periodStart: 5, used: 12 }, 2]]);
	});

	it("does not carry a quota's counts into its next period", async () => {
		const { ledger, buffer } = newBuffer();
		buffer.accepted({ id: "a" }, { at: 1, address, quotaPeriodStart: 5 });
		buffer.accepted({ id: "a" }, { at: 2, address, quotaPeriodStart: 6 });
		await buffer.write();
		expect(ledger.quotas.get("a 6")).toBe(1);
	});
});
