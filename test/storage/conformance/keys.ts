import { randomBytes } from "node:crypto";
import { limits } from "../../../shared/limits.js";
import { createPerson } from "../people.js";
import { newestFirst, readAllPages } from "../readAllPages.js";
import { adminKey, audit, key, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function keysConformance(newDatabase: NewDatabase): void {
	describe("keys", () => {
		const shared = sharedDatabase(newDatabase);
		const home = workspace();
		const neighbour = workspace();
		beforeAll(async () => {
			await shared.store.workspaces.create(home, audit());
			await shared.store.workspaces.create(neighbour, audit());
		});

		it("are found as they were created, through any handle", async () => {
			const bare = key(home.id);
			const full = key(home.id, {
				kind: "service",
				description: 'says "hello" — 🔑',
				scopes: ["bans.read", "*"],
				placeIds: ["1818", "9007199254740993"],
				allowedIps: ["192.0.2.0/24", "2001:db8::/32"],
				rateLimit: { limit: 10, windowSeconds: 60 },
				quota: { limit: 1000, period: "month" },
				previousDigest: randomBytes(32),
				previousValidUntil: someTime + 1,
				rotatedAt: someTime + 2,
				expiresAt: someTime + 3,
				disabledAt: someTime + 4,
			});
			for (const record of [bare, full]) {
				expect(await shared.store.keys.create(record, audit())).toBe("created");
				const found = await shared.other.keys.findById(record.id);
				expect(found).toEqual(record);
				expect(Buffer.isBuffer(found?.digest)).toBe(true);
			}
			expect(await shared.store.keys.findById("k_none")).toBeUndefined();
		});

		it("need a workspace that exists", async () => {
			const record = key("ws_none");
			expect(await shared.store.keys.create(record, audit())).toBe("workspace_missing");
			expect(await shared.store.keys.findById(record.id)).toBeUndefined();
		});

		it("of an account need no workspace, and are in no workspace's list", async () => {
			const record = adminKey();
			expect(await shared.store.keys.create(record, audit())).toBe("created");
			expect(await shared.other.keys.findById(record.id)).toEqual(record);
			const list = await shared.store.keys.list(home.id, { limit: 1000 });
			expect(list.records.map((each) => each.id)).not.toContain(record.id);
		});

		it.each([
			["in other case", "Main", "mAIN"],
			["in other case beyond ASCII", "Straße Ä", "STRASSE ä"],
			["composed otherwise", "Caf\u00e9", "Cafe\u0301"],
		])("have names unique in their workspace: %s", async (_, first, second) => {
			expect(await shared.store.keys.create(key(home.id, { name: first }), audit())).toBe("created");
			expect(await shared.other.keys.create(key(home.id, { name: second }), audit())).toBe("name_taken");
			expect(await shared.store.keys.create(key(neighbour.id, { name: second }), audit())).toBe("created");
		});

		it("have names unique in their account", async () => {
			const name = newId("Admin");
			expect(await shared.store.keys.create(adminKey({ name }), audit())).toBe("created");
			expect(await shared.store.keys.create(adminKey({ name: name.toUpperCase() }), audit())).toBe(
				"name_taken",
			);
			expect(await shared.store.keys.create(key(home.id, { name }), audit())).toBe("created");
		});

		it("release their name and their slot once they are revoked", async () => {
			const small = workspace({ maxKeys: 1 });
			await shared.store.workspaces.create(small, audit());
			const [first, second, third] = ["Main", "main", "Spare"].map((name) => key(small.id, { name }));
			if (first === undefined || second === undefined || third === undefined) throw new Error("three keys");
			expect(await shared.store.keys.create(first, audit())).toBe("created");
			expect(await shared.store.keys.create(second, audit())).toBe("name_taken");
			expect(await shared.store.keys.create(third, audit())).toBe("limit_reached");
			await shared.store.keys.change(first.id, { revokedAt: someTime }, audit());
			expect(await shared.store.keys.create(second, audit())).toBe("created");
		});

		it("of an account are in its own list, newest first and then by ID, for any page size", async () => {
			const [{ account }, { account: stranger }] = [
				await createPerson(shared.store),
				await createPerson(shared.store),
			];
			const keys = [0, 2, 1, 1, 2].map((offset) =>
				adminKey({ accountId: account.id, createdAt: someTime + offset }),
			);
			for (const each of [...keys, adminKey({ accountId: stranger.id })]) {
				expect(await shared.store.keys.create(each, audit())).toBe("created");
			}
			for (const limit of [1, 2, 5]) {
				const listed = await readAllPages((page) => shared.other.keys.listOfAccount(account.id, page), limit);
				expect(listed).toEqual(keys.sort(newestFirst));
			}
			expect(await shared.store.keys.listOfAccount("acc_none", { limit: 5 })).toEqual({
				records: [],
				more: false,
			});
		});

		it("of an account are limited, not counting revoked ones, and need the account", async () => {
			const { account } = await createPerson(shared.store);
			const create = (fields = {}) =>
				shared.other.keys.create(adminKey({ accountId: account.id, ...fields }), audit());
			const first = adminKey({ accountId: account.id });
			await shared.store.keys.create(first, audit());
			for (let held = 1; held < limits.keysPerAccount; held++) expect(await create()).toBe("created");
			expect(await create()).toBe("limit_reached");
			expect(await create({ name: first.name })).toBe("name_taken");
			expect(await create({ accountId: "acc_none" })).toBe("workspace_missing");
			await shared.store.keys.change(first.id, { revokedAt: someTime }, audit());
			expect(await create()).toBe("created");
			expect(await create()).toBe("limit_reached");
		});

		it("change the given fields, lose those set to null and keep the rest", async () => {
			const before = key(home.id, {
				description: "old",
				expiresAt: someTime,
				quota: { limit: 1, period: "day" },
			});
			await shared.store.keys.create(before, audit());
			const changes = {
				description: null,
				quota: null,
				scopes: ["bans.read"],
				expiresAt: undefined,
				digest: randomBytes(32),
				previousDigest: before.digest,
				previousValidUntil: someTime + 9,
				updatedAt: someTime + 1,
			};
			const after = await shared.store.keys.change(before.id, changes, audit());
			const { description: _, quota: __, ...kept } = before;
			expect(after).toEqual({
				...kept,
				...changes,
				description: undefined,
				quota: undefined,
				expiresAt: someTime,
			});
			expect(await shared.other.keys.findById(before.id)).toEqual(after);
		});

		it("can be renamed, also to another case of the same name, and release the old name", async () => {
			const [name, next] = [newId("Old"), newId("New")];
			const record = key(home.id, { name });
			await shared.store.keys.create(record, audit());
			const recased = await shared.store.keys.change(record.id, { name: name.toUpperCase() }, audit());
			expect(recased).toEqual({ ...record, name: name.toUpperCase() });
			const renamed = await shared.store.keys.change(record.id, { name: next }, audit());
			expect(renamed).toEqual({ ...record, name: next });
			const heir = key(home.id, { name });
			expect(await shared.store.keys.create(heir, audit())).toBe("created");
			expect(await shared.store.keys.change(heir.id, { name: next.toLowerCase() }, audit())).toBe(
				"name_taken",
			);
			expect(await shared.store.keys.findById(heir.id)).toEqual(heir);
		});

		it("are final once revoked", async () => {
			const record = key(home.id);
			await shared.store.keys.create(record, audit());
			await shared.store.keys.change(record.id, { revokedAt: someTime }, audit());
			expect(await shared.other.keys.change(record.id, { revokedAt: null }, audit())).toBe("revoked");
			expect(await shared.store.keys.change(record.id, { name: "x" }, audit(), record.digest)).toBe(
				"revoked",
			);
			expect(await shared.store.keys.findById(record.id)).toEqual({ ...record, revokedAt: someTime });
		});

		it("can be changed on condition of their current token", async () => {
			const record = key(home.id);
			await shared.store.keys.create(record, audit());
			const digest = randomBytes(32);
			const rotated = await shared.store.keys.change(record.id, { digest }, audit(), record.digest);
			expect(rotated).toEqual({ ...record, digest });
			const late = { digest: randomBytes(32) };
			expect(await shared.other.keys.change(record.id, late, audit(), record.digest)).toBe("outdated");
			expect(await shared.store.keys.change("k_none", late, audit(), record.digest)).toBe("missing");
			expect(await shared.store.keys.findById(record.id)).toEqual(rotated);
		});

		it("are deleted only once they are revoked, together with their usage", async () => {
			const record = key(home.id);
			await shared.store.keys.create(record, audit());
			const quota = { periodStart: someTime, used: 3 };
			const hours = [{ hour: someTime, verified: 1, refused: 0 }];
			const lastUse = { at: someTime, address: "192.0.2.1" };
			await shared.store.usage.add([{ keyId: record.id, hours, quota, lastUse }]);
			expect(await shared.store.keys.delete(record.id, audit())).toBe("not_revoked");
			await shared.store.keys.change(record.id, { revokedAt: someTime }, audit());
			expect(await shared.store.keys.delete(record.id, audit())).toBe("deleted");
			expect(await shared.other.keys.delete(record.id, audit())).toBe("missing");
			expect(await shared.other.keys.findById(record.id)).toBeUndefined();
			expect(await shared.store.usage.lastUse(record.id)).toBeUndefined();
			expect(await shared.store.usage.quotaUsed(record.id, someTime)).toBe(0);
			expect(await shared.store.usage.hours(record.id, 0, someTime + 1)).toEqual([]);
		});
	});
}
