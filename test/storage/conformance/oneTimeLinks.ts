import { randomBytes } from "node:crypto";
import { DuplicateRequest } from "../../../server/store/store.js";
import { limits } from "../../../shared/limits.js";
import { createPerson, createWorkspace } from "../people.js";
import { audit, invitation, newId, resetLink, setupLink, someTime } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function oneTimeLinksConformance(newDatabase: NewDatabase): void {
	describe("one-time links", () => {
		const shared = sharedDatabase(newDatabase);
		/** A database in which nobody can sign in yet. */
		const empty = newDatabase();
		afterAll(() => empty.remove());

		it("are found as they were created, through any handle", async () => {
			const home = await createWorkspace(shared.store);
			// Before anybody can sign in.
			const links = [setupLink(), invitation(home), invitation(home, { role: "owner", note: "for 🔑" })];
			for (const link of links) {
				const entry = audit({ targetId: link.id });
				expect(await shared.store.oneTimeLinks.create(link, entry)).toBe("created");
				const audited = await shared.store.audit.list({ limit: 5, targetId: link.id });
				expect(audited.records).toEqual([entry]);
			}
			const { account } = await createPerson(shared.store);
			const reset = resetLink(account.id);
			expect(await shared.store.oneTimeLinks.create(reset, audit())).toBe("created");
			for (const link of [...links, reset]) {
				const found = await shared.other.oneTimeLinks.findByDigest(link.digest);
				expect(found).toEqual(link);
				expect(Buffer.isBuffer(found?.digest)).toBe(true);
			}
			expect(await shared.store.oneTimeLinks.findByDigest(Buffer.alloc(32))).toBeUndefined();
		});

		it("need their workspace or account", async () => {
			const links = [invitation("ws_none"), resetLink("acc_none")] as const;
			expect(await shared.store.oneTimeLinks.create(links[0], audit())).toBe("workspace_missing");
			expect(await shared.store.oneTimeLinks.create(links[1], audit())).toBe("account_missing");
			for (const { digest } of links) {
				expect(await shared.store.oneTimeLinks.findByDigest(digest)).toBeUndefined();
			}
		});

		it("for a new password end the earlier ones of the same account, and no others", async () => {
			const [{ account: one }, { account: two }] = [
				await createPerson(shared.store),
				await createPerson(shared.store),
			];
			const invited = invitation(await createWorkspace(shared.store));
			const [first, others, second] = [resetLink(one.id), resetLink(two.id), resetLink(one.id)];
			for (const link of [invited, first, others, second]) {
				expect(await shared.store.oneTimeLinks.create(link, audit())).toBe("created");
			}
			const found = await Promise.all(
				[invited, first, others, second].map(({ digest }) => shared.other.oneTimeLinks.findByDigest(digest)),
			);
			expect(found).toEqual([invited, undefined, others, second]);
		});

		it("for setup end the previous one, and are not created once somebody can sign in", async () => {
			const store = await empty.open();
			const home = await createWorkspace(store);
			const [first, second, late] = [setupLink(), setupLink(), setupLink()];
			const invited = invitation(home);
			await store.oneTimeLinks.create(invited, audit());
			expect(await store.oneTimeLinks.create(first, audit())).toBe("created");
			expect(await store.oneTimeLinks.create(second, audit())).toBe("created");
			await createPerson(store);
			expect(await store.oneTimeLinks.create(late, audit())).toBe("not_first");
			const found = await Promise.all(
				[invited, first, second, late].map(({ digest }) => store.oneTimeLinks.findByDigest(digest)),
			);
			expect(found).toEqual([invited, undefined, second, undefined]);
		});

		it("that invite to a workspace are listed newest first while they are valid", async () => {
			const { store, other } = shared;
			const home = await createWorkspace(store);
			const links = [10, 30, 20].map((offset) =>
				invitation(home, { createdAt: someTime + offset, expiresAt: someTime + 100 + offset }),
			);
			const elsewhere = invitation(await createWorkspace(store));
			for (const link of [...links, elsewhere]) await store.oneTimeLinks.create(link, audit());
			const [oldest, newest, middle] = links;
			expect(await other.oneTimeLinks.invitations(home, someTime + 109)).toEqual([newest, middle, oldest]);
			expect(await other.oneTimeLinks.invitations(home, someTime + 110)).toEqual([newest, middle]);
			expect(await other.oneTimeLinks.invitations("ws_none", 0)).toEqual([]);
		});

		it("that invite are limited per workspace", async () => {
			const home = await createWorkspace(shared.store);
			const make = async (createdAt: number, expiresAt = someTime + 100) => {
				const link = invitation(home, { createdAt, expiresAt });
				return [await shared.store.oneTimeLinks.create(link, audit()), link] as const;
			};
			const [, short] = await make(someTime, someTime + 10);
			for (let made = 1; made < limits.invitationsPerWorkspace; made++) {
				expect((await make(someTime))[0]).toBe("created");
			}
			const [outcome, refused] = await make(someTime + 9);
			expect(outcome).toBe("limit_reached");
			expect(await shared.store.oneTimeLinks.findByDigest(refused.digest)).toBeUndefined();
			// The short-lived one has expired but is not deleted yet.
			expect((await make(someTime + 10))[0]).toBe("created");
			expect(await shared.store.oneTimeLinks.findByDigest(short.digest)).toEqual(short);
			expect((await make(someTime + 10))[0]).toBe("limit_reached");
			const [first] = await shared.store.oneTimeLinks.invitations(home, someTime + 10);
			await shared.store.oneTimeLinks.delete(home, first?.id ?? "", audit());
			expect((await make(someTime + 10))[0]).toBe("created");
		});

		it("that invite are revoked in their own workspace only", async () => {
			const [home, neighbour] = [await createWorkspace(shared.store), await createWorkspace(shared.store)];
			const { account } = await createPerson(shared.store);
			const [link, reset] = [invitation(home), resetLink(account.id)];
			for (const each of [link, reset]) await shared.store.oneTimeLinks.create(each, audit());
			const entry = audit({ action: "invitations.delete", targetId: link.id });
			expect(await shared.store.oneTimeLinks.delete(neighbour, link.id, entry)).toBe("missing");
			expect(await shared.store.oneTimeLinks.delete(home, reset.id, entry)).toBe("missing");
			expect(await shared.store.oneTimeLinks.delete(home, link.id, entry)).toBe("deleted");
			expect(await shared.other.oneTimeLinks.delete(home, link.id, audit())).toBe("missing");
			const found = await Promise.all(
				[link, reset].map(({ digest }) => shared.other.oneTimeLinks.findByDigest(digest)),
			);
			expect(found).toEqual([undefined, reset]);
			const audited = await shared.store.audit.list({ limit: 5, targetId: link.id });
			expect(audited.records).toEqual([entry]);
		});

		it("are created once for repeated requests", async () => {
			const home = await createWorkspace(shared.store);
			const at = Date.UTC(2100, 0, 1);
			const kept = { id: newId("an"), sealed: randomBytes(40), keptAt: at, expiresAt: at + 1_000 };
			const [link, again] = [invitation(home), invitation(home)];
			const seen: unknown[] = [];
			const idempotencyWrite = {
				id: kept.id,
				at,
				recordFor: (outcome: unknown) => {
					seen.push(outcome);
					return kept;
				},
			};
			expect(await shared.store.oneTimeLinks.create(link, audit(), idempotencyWrite)).toBe("created");
			expect(seen.at(-1)).toEqual(link);
			expect(await shared.other.idempotency.find(kept.id)).toEqual(kept);
			const repeating = shared.other.oneTimeLinks.create(again, audit(), idempotencyWrite);
			await expect(repeating).rejects.toThrow(DuplicateRequest);
			expect(await shared.store.oneTimeLinks.findByDigest(again.digest)).toBeUndefined();
		});

		it("that expired are deleted in batches", async () => {
			const home = await createWorkspace(shared.store);
			// Older than what the other tests wrote.
			const old = Array.from({ length: 5 }, () => invitation(home, { createdAt: 0, expiresAt: 1_000 }));
			const left = invitation(home, { createdAt: 0, expiresAt: 1_001 });
			for (const link of [...old, left]) await shared.store.oneTimeLinks.create(link, audit());
			const drop = () => shared.other.oneTimeLinks.deleteExpired(1_000, 3);
			expect([await drop(), await drop(), await drop()]).toEqual([3, 2, 0]);
			expect(await shared.store.oneTimeLinks.invitations(home, 0)).toEqual([left]);
		});
	});
}
