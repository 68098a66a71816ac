import fc from "fast-check";
import { Freshness, recordLifeMs } from "../../server/primitives/freshness.js";
import { type Entry, RecordCache } from "../../server/primitives/recordCache.js";
import { FakeClock } from "../support/clock.js";

/** A store of numbered versions whose reads end when the test decides. */
class SlowStore {
	readonly versions = new Map<string, number>();
	readonly reading: Array<{ id: string; finish(): void; fail(): void }> = [];
	reads = 0;

	readonly load = (id: string): Promise<number | undefined> => {
		this.reads++;
		// A read sees what was stored when it began, as in a database with snapshots: the worst case.
		const version = this.versions.get(id);
		return new Promise((resolve, reject) => {
			this.reading.push({ id, finish: () => resolve(version), fail: () => reject(new Error("unreachable")) });
		});
	};

	finishAll(): void {
		for (const read of this.reading.splice(0)) read.finish();
	}
}

function newCache(max = 100) {
	const clock = new FakeClock();
	const freshness = new Freshness(clock);
	const store = new SlowStore();
	const cache = new RecordCache<number>({ max, freshness, load: store.load });
	const usable = (entry: Entry<number>) => cache.usable(entry, clock.monotonic());
	return { clock, freshness, store, cache, usable };
}

async function settled<T>(value: T | Promise<T>, store: SlowStore): Promise<T> {
	store.finishAll();
	return value;
}

describe("records in memory", () => {
	it("are loaded once for any number of readers, and then not at all", async () => {
		const { cache, store } = newCache();
		store.versions.set("a", 1);
		const readers = [cache.get("a"), cache.get("a"), cache.get("a")];
		store.finishAll();
		const entries = await Promise.all(readers);
		expect(new Set(entries).size).toBe(1);
		expect(cache.get("a")).toBe(entries[0]);
		expect(store.reads).toBe(1);
	});

	it("are also remembered as missing", async () => {
		const { cache, store } = newCache();
		const entry = await settled(cache.get("a"), store);
		expect(entry.value).toBeUndefined();
		expect(cache.get("a")).toBe(entry);
		store.versions.set("a", 1);
		cache.drop("a");
		expect((await settled(cache.get("a"), store)).value).toBe(1);
	});

	it("do not remember a failed load", async () => {
		const { cache, store } = newCache();
		const reader = cache.get("a");
		store.reading.splice(0)[0]?.fail();
		await expect(reader).rejects.toThrow("unreachable");
		store.versions.set("a", 1);
		expect((await settled(cache.get("a"), store)).value).toBe(1);
	});

	it("are marked when they are evicted, so that nothing prepared from them is used any longer", async () => {
		const { cache, store, usable } = newCache(2);
		const first = await settled(cache.get("a"), store);
		await settled(cache.get("b"), store);
		await settled(cache.get("c"), store);
		expect(usable(first)).toBe(false);
	});

	it("are used for 5 s after their load, and no longer, without a confirmation", async () => {
		const { cache, store, clock, usable } = newCache();
		const entry = await settled(cache.get("a"), store);
		clock.advance(recordLifeMs);
		expect(cache.get("a")).toBe(entry);
		clock.advance(1);
		expect(usable(entry)).toBe(false);
		expect(cache.get("a")).toBeInstanceOf(Promise);
	});

	it("are used until 5 s after the last confirmation", async () => {
		const { cache, store, clock, freshness, usable } = newCache();
		const entry = await settled(cache.get("a"), store);
		for (let i = 0; i < 5; i++) {
			clock.advance(4_000);
			freshness.confirm(clock.monotonic());
		}
		clock.advance(recordLifeMs);
		expect(usable(entry)).toBe(true);
		clock.advance(1);
		expect(usable(entry)).toBe(false);
	});

	it("are not kept alive by late or unordered confirmations", async () => {
		const { cache, store, clock, freshness, usable } = newCache();
		const began = clock.monotonic();
		const entry = await settled(cache.get("a"), store);
		clock.advance(3_000);
		freshness.confirm(clock.monotonic());
		clock.advance(3_000);
		// From a check that began long ago.
		freshness.confirm(began + 10);
		expect(usable(entry)).toBe(true);
		clock.advance(2_001);
		expect(usable(entry)).toBe(false);
	});

	it("never contain what was read before a change that was delivered before the request", async () => {
		const id = fc.constantFrom("a", "b");
		const step = fc.oneof(
			{ weight: 4, arbitrary: fc.record({ do: fc.constant("get" as const), id }) },
			{ weight: 3, arbitrary: fc.record({ do: fc.constant("finish" as const), which: fc.nat({ max: 5 }) }) },
			{ weight: 1, arbitrary: fc.record({ do: fc.constant("fail" as const), which: fc.nat({ max: 5 }) }) },
			{ weight: 3, arbitrary: fc.record({ do: fc.constant("change" as const), id }) },
			{ weight: 1, arbitrary: fc.record({ do: fc.constant("dropAll" as const) }) },
			{ weight: 2, arbitrary: fc.record({ do: fc.constant("age" as const), ms: fc.nat({ max: 6_000 }) }) },
			{ weight: 1, arbitrary: fc.record({ do: fc.constant("confirm" as const) }) },
			{ weight: 2, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
		);
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
				const { cache, store, clock, freshness } = newCache();
				const asked: Promise<void>[] = [];
				const check = (entry: Entry<number>, atLeast: number) => {
					expect(entry.value ?? 0).toBeGreaterThanOrEqual(atLeast);
				};
				for (const each of steps) {
					if (each.do === "get") {
						// The change is delivered in the same step, so a request now must see it.
						const atLeast = store.versions.get(each.id) ?? 0;
						const found = cache.get(each.id);
						if (found instanceof Promise) {
							asked.push(
								found.then(
									(entry) => check(entry, atLeast),
									() => {},
								),
							);
						} else check(found, atLeast);
					} else if (each.do === "finish" || each.do === "fail") {
						const [read] = store.reading.splice(each.which % Math.max(1, store.reading.length), 1);
						if (each.do === "finish") read?.finish();
						else read?.fail();
					} else if (each.do === "change") {
						store.versions.set(each.id, (store.versions.get(each.id) ?? 0) + 1);
						cache.drop(each.id);
					} else if (each.do === "dropAll") {
						for (const one of ["a", "b"]) store.versions.set(one, (store.versions.get(one) ?? 0) + 1);
						cache.dropAll();
					} else if (each.do === "age") clock.advance(each.ms);
					else if (each.do === "confirm") freshness.confirm(clock.monotonic());
					else await new Promise((resolve) => setImmediate(resolve));
				}
				store.finishAll();
				await Promise.all(asked);
			}),
			{ numRuns: 500 },
		);
	});

	it("that were dropped during their load are loaded again by later readers", async () => {
		const { cache, store } = newCache();
		store.versions.set("a", 1);
		const before = cache.get("a");
		store.versions.set("a", 2);
		cache.drop("a");
		await settled(before, store);
		expect((await settled(cache.get("a"), store)).value).toBe(2);
	});

	it("that were dropped during their load are returned to the earlier readers only", async () => {
		const { cache, store, usable } = newCache();
		store.versions.set("a", 1);
		const before = cache.get("a");
		store.versions.set("a", 2);
		cache.drop("a");
		const after = cache.get("a");
		store.finishAll();
		const old = await before;
		expect(old.value).toBe(1);
		expect(usable(old)).toBe(false);
		expect((await after).value).toBe(2);
		expect(cache.get("a")).toBe(await after);
	});
});
