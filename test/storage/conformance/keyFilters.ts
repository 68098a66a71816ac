import fc from "fast-check";
import type { KeyRecord } from "../../../server/model/key.js";
import type { KeyFilter } from "../../../server/model/keyFilter.js";
import { keyStatus } from "../../../server/model/keyStatus.js";
import type { Position } from "../../../server/store/store.js";
import { adminKey, audit, key, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

const now = someTime + 1_000;

/** Few values of each, so that filters match them; the names contain what patterns and case could stumble over. */
const wishes = fc.array(
	fc.record({
		kind: fc.constantFrom("game" as const, "service" as const),
		name: fc.constantFrom("Main", "main.*", "Straße", "50% [off]_", "Ünder", "plk_game_", "C:\\keys"),
		createdAt: fc.integer({ min: someTime, max: someTime + 2 }),
		expiresAt: fc.constantFrom(undefined, now - 1, now, now + 1),
		disabledAt: fc.constantFrom(undefined, undefined, someTime),
		revokedAt: fc.constantFrom(undefined, undefined, someTime),
		importedPrefix: fc.constantFrom(undefined, undefined, "old_", "Old.*"),
	}),
	{ maxLength: 12 },
);

const filters = fc.record(
	{
		kind: fc.constantFrom("game" as const, "service" as const),
		status: fc
			.constantFrom("active" as const, "disabled" as const, "expired" as const, "revoked" as const)
			.map((name) => ({ name, at: now })),
		search: fc.record({
			part: fc.constantFrom("main", "MAIN.", ".*", "strasse", "% [", "_", "ü", "\\", "a", "nowhere"),
			foreignStart: fc.constantFrom("old", "Old.", "old_x", "ld_", "none"),
			ids: fc.array(
				fc.record(
					{
						start: fc.constantFrom("", "k", "k_", "K_", "x", "."),
						kind: fc.constantFrom("game" as const, "admin" as const),
					},
					{ requiredKeys: ["start"] },
				),
				{ maxLength: 2 },
			),
		}),
	},
	{ requiredKeys: [] },
);

/** The filter again, written in the plainest way. */
function matches(record: KeyRecord, { kind, status, search }: KeyFilter): boolean {
	const fold = (text: string) => text.normalize("NFC").toUpperCase().toLowerCase();
	const found =
		search === undefined ||
		fold(record.name).includes(fold(search.part)) ||
		record.importedPrefix?.startsWith(search.foreignStart) ||
		search.ids.some((id) => (id.kind ?? record.kind) === record.kind && record.id.startsWith(id.start));
	const inStatus = status === undefined || keyStatus(record, status.at, {}) === status.name;
	return found && inStatus && (kind === undefined || record.kind === kind);
}

export function keyFiltersConformance(newDatabase: NewDatabase): void {
	describe("lists of keys under a filter", () => {
		const shared = sharedDatabase(newDatabase);

		async function readAllPages(workspaceId: string, filter: KeyFilter, limit: number): Promise<KeyRecord[]> {
			const all: KeyRecord[] = [];
			let after: Position | undefined;
			for (;;) {
				const page = await shared.other.keys.list(workspaceId, { ...filter, limit, after });
				expect(page.records.length).toBeLessThanOrEqual(limit);
				all.push(...page.records);
				after = page.records.at(-1);
				if (!page.more || after === undefined) return all;
				expect(page.records).toHaveLength(limit);
			}
		}

		it("contain exactly the keys that match, newest first, for any page size", async () => {
			const sizes = fc.integer({ min: 1, max: 4 });
			await fc.assert(
				fc.asyncProperty(
					wishes,
					fc.array(filters, { minLength: 4, maxLength: 4 }),
					sizes,
					async (made, asked, limit) => {
						const home = workspace();
						await shared.store.workspaces.create(home, audit());
						const keys = made.map((input, index) =>
							key(home.id, { ...input, name: `${input.name}${index}` }),
						);
						for (const each of keys) expect(await shared.store.keys.create(each, audit())).toBe("created");
						keys.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
						for (const filter of asked) {
							const expected = keys.filter((each) => matches(each, filter));
							expect(await readAllPages(home.id, filter, limit)).toEqual(expected);
						}
					},
				),
				{ numRuns: 15 },
			);
		});

		it("follow a key through its changes", async () => {
			const home = workspace();
			await shared.store.workspaces.create(home, audit());
			const record = key(home.id, { name: "Before" });
			await shared.store.keys.create(record, audit());
			const found = async (status: "active" | "disabled" | "revoked", part: string) =>
				(
					await readAllPages(
						home.id,
						{ status: { name: status, at: now }, search: { part, foreignStart: "none", ids: [] } },
						5,
					)
				).length;
			expect([await found("active", "before"), await found("active", "after")]).toEqual([1, 0]);
			await shared.store.keys.change(record.id, { name: "After", disabledAt: someTime }, audit());
			expect([await found("active", "after"), await found("disabled", "after")]).toEqual([0, 1]);
			await shared.store.keys.change(record.id, { disabledAt: null, revokedAt: someTime }, audit());
			expect([await found("disabled", "after"), await found("revoked", "after")]).toEqual([0, 1]);
		});

		it("contain no keys of other workspaces or accounts", async () => {
			const [home, neighbour] = [workspace(), workspace()];
			for (const each of [home, neighbour]) await shared.store.workspaces.create(each, audit());
			const name = newId("Shared");
			await shared.store.keys.create(key(neighbour.id, { name }), audit());
			await shared.store.keys.create(adminKey({ name }), audit());
			const search = { part: name, foreignStart: "none", ids: [{ start: "" }] };
			for (const filter of [
				{ search },
				{ search, kind: "game" as const },
				{ search, status: { name: "active" as const, at: now } },
			]) {
				expect(await readAllPages(home.id, filter, 5)).toEqual([]);
			}
		});
	});
}
