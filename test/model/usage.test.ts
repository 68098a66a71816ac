import fc from "fast-check";
import { type LastUse, latestQuotaPeriods, mergeLastUse } from "../../server/model/usage.js";

const moment = fc.nat({ max: 20 });

describe("the last use of a key", () => {
	const previous = fc.option(fc.record({ at: moment, rotatedAt: moment }), { nil: undefined });
	const use = fc
		.record({ at: moment, previous })
		.map(({ at, previous }): LastUse => ({ at, address: `a${at}`, ...(previous && { previous }) }));
	const merged = (uses: readonly LastUse[]) =>
		uses.reduce<LastUse | undefined>((known, next) => mergeLastUse(known, next), undefined);

	it("is the latest, in whatever order instances write, and the previous token's goes by its rotation first", () => {
		fc.assert(
			fc.property(
				fc
					.array(use, { minLength: 1 })
					.chain((uses) =>
						fc.tuple(fc.constant(uses), fc.shuffledSubarray(uses, { minLength: uses.length })),
					),
				([uses, shuffled]) => {
					const found = merged(uses);
					expect(merged(shuffled)).toEqual(found);
					expect(found?.at).toBe(Math.max(...uses.map(({ at }) => at)));
					const rotations = uses.flatMap((each) => each.previous ?? []);
					const latest = rotations.sort((a, b) => b.rotatedAt - a.rotatedAt || b.at - a.at)[0];
					expect(found?.previous).toEqual(latest);
				},
			),
		);
	});
});

it("of a key's quota counters in a batch the latest period is returned", () => {
	const quota = (keyId: string, periodStart: number) => ({
		keyId,
		hours: [],
		quota: { periodStart, used: 1 },
	});
	const batch = [quota("a", 2), quota("a", 1), quota("b", 1), { keyId: "c", hours: [] }];
	expect(latestQuotaPeriods(batch)).toEqual(
		new Map([
			["a", 2],
			["b", 1],
		]),
	);
});
