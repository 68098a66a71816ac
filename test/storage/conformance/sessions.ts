import { limits } from "../../../shared/limits.js";
import { FeedRecorder } from "../feedRecorder.js";
import { createPerson } from "../people.js";
import { account, audit, session, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function sessionsConformance(newDatabase: NewDatabase): void {
	describe("sessions", () => {
		const shared = sharedDatabase(newDatabase);

		it("are found as they began, through any handle, and set the account's last sign-in", async () => {
			const { account: record } = await createPerson(shared.store);
			const bare = session(record.id, { createdAt: someTime + 2 });
			const full = session(record.id, { createdAt: someTime + 1, userAgent: "Mozilla/5.0 — 🔑" });
			for (const each of [bare, full]) {
				const entry = audit({ action: "session.create", targetId: each.id });
				expect(await shared.store.sessions.begin(each, entry)).toBe(true);
				const found = await shared.other.sessions.findByDigest(each.digest);
				expect(found).toEqual(each);
				expect(Buffer.isBuffer(found?.digest)).toBe(true);
				const audited = await shared.store.audit.list({ limit: 5, targetId: each.id });
				expect(audited.records).toEqual([entry]);
			}
			const after = await shared.other.accounts.findById(record.id);
			expect(after).toEqual({ ...record, lastSignInAt: someTime + 2 });
			expect(await shared.store.sessions.findByDigest(Buffer.alloc(32))).toBeUndefined();
		});

		it("begin only for an existing, enabled account with the password that was checked", async () => {
			const passwordHash = "$argon2id$v=19$checked";
			const { account: record } = await createPerson(shared.store, { passwordHash });
			const begin = (accountId: string, checked?: string) =>
				shared.other.sessions.begin(session(accountId), audit(), checked);
			expect(await begin("acc_none")).toBe(false);
			expect(await begin(record.id, passwordHash)).toBe(true);
			await shared.store.accounts.change(record.id, { passwordHash: "$next" }, audit(), { sessions: {} });
			expect(await begin(record.id, passwordHash)).toBe(false);
			expect(await shared.store.sessions.listOf(record.id)).toEqual([]);
			expect(await begin(record.id)).toBe(true);
			await shared.store.accounts.change(record.id, { disabledAt: someTime }, audit());
			expect(await begin(record.id, "$next")).toBe(false);
			expect(await shared.store.sessions.listOf(record.id)).toHaveLength(1);
		});

		it("move forward with use, never back, and do not begin again", async () => {
			const { session: begun } = await createPerson(shared.store);
			const seen = async (at: number) => {
				await shared.store.sessions.touch(begun.id, at);
				return (await shared.other.sessions.findByDigest(begun.digest))?.lastSeenAt;
			};
			expect(await seen(someTime + 10)).toBe(someTime + 10);
			expect(await seen(someTime + 5)).toBe(someTime + 10);
			await shared.store.sessions.end(begun.accountId, begun.id, audit());
			expect(await seen(someTime + 20)).toBeUndefined();
		});

		it("are listed newest first, of one account", async () => {
			const { account: record, session: first } = await createPerson(shared.store);
			await createPerson(shared.store);
			const later = [30, 10, 20].map((offset) => session(record.id, { createdAt: someTime + offset }));
			for (const each of later) await shared.store.sessions.begin(each, audit());
			const [newest, oldest, middle] = later;
			expect(await shared.other.sessions.listOf(record.id)).toEqual([newest, middle, oldest, first]);
			expect(await shared.store.sessions.listOf("acc_none")).toEqual([]);
		});

		it("beyond the account's limit end, the oldest first", async () => {
			const { account: record, session: first } = await createPerson(shared.store);
			const later = Array.from({ length: limits.sessionsPerAccount }, (_, offset) =>
				session(record.id, { createdAt: someTime + 1 + offset }),
			);
			for (const each of later) await shared.store.sessions.begin(each, audit());
			expect(await shared.other.sessions.listOf(record.id)).toEqual([...later].reverse());
			expect(await shared.other.sessions.findByDigest(first.digest)).toBeUndefined();
			const early = session(record.id, { createdAt: someTime - 1 });
			await shared.store.sessions.begin(early, audit());
			expect(await shared.other.sessions.listOf(record.id)).toEqual([...later.slice(1).reverse(), early]);
		});

		it("are ended only by their own account", async () => {
			const { account: record, session: begun } = await createPerson(shared.store);
			const { account: stranger } = await createPerson(shared.store);
			const entry = audit({ action: "sessions.end", targetId: begun.id });
			expect(await shared.store.sessions.end(stranger.id, begun.id, entry)).toBe(false);
			expect(await shared.store.sessions.findByDigest(begun.digest)).toEqual(begun);
			expect(await shared.store.sessions.end(record.id, begun.id, entry)).toBe(true);
			expect(await shared.other.sessions.end(record.id, begun.id, audit())).toBe(false);
			expect(await shared.other.sessions.findByDigest(begun.digest)).toBeUndefined();
			const audited = await shared.store.audit.list({ limit: 5, targetId: begun.id });
			expect(audited.records).toEqual([entry]);
		});

		it("that expired or were not used for long are deleted in batches", async () => {
			const { account: record, session: kept } = await createPerson(shared.store);
			// Older than what the other tests wrote.
			const times = [
				...Array.from({ length: 3 }, () => ({ expiresAt: 1_000 })),
				...Array.from({ length: 2 }, () => ({ lastSeenAt: 1_999 })),
			];
			const old = times.map((fields) => session(record.id, fields));
			const used = session(record.id, { lastSeenAt: 2_000, expiresAt: 1_001 });
			for (const each of [...old, used]) await shared.store.sessions.begin(each, audit());
			const drop = () => shared.other.sessions.deleteEnded(1_000, 2_000, 3);
			expect([await drop(), await drop(), await drop()]).toEqual([3, 2, 0]);
			const left = (await shared.store.sessions.listOf(record.id)).map(({ id }) => id);
			expect(left.sort()).toEqual([kept.id, used.id].sort());
		});

		it("are not reported by the change feed", async () => {
			const recorder = new FeedRecorder();
			const { account: record } = await createPerson(shared.store);
			const subscription = await shared.other.changes.subscribe(recorder);
			await recorder.waitForConfirmation();
			recorder.changes.length = 0;
			const begun = session(record.id);
			await shared.store.sessions.begin(begun, audit());
			await shared.store.sessions.touch(begun.id, someTime + 1);
			await shared.store.sessions.end(record.id, begun.id, audit());
			const last = workspace();
			await shared.store.workspaces.create(last, audit());
			await recorder.waitForChange({ type: "workspace", id: last.id });
			await subscription.close();
			expect(recorder.changes).toEqual([{ type: "workspace", id: last.id }]);
		});

		it("do not begin when their transaction fails", async () => {
			const { account: record, session: first } = await createPerson(shared.store);
			const taken = audit();
			await shared.store.workspaces.create(workspace(), taken);
			const begun = session(record.id, { createdAt: someTime + 1 });
			await expect(shared.store.sessions.begin(begun, taken)).rejects.toThrow();
			await expect(
				shared.store.accounts.change(record.id, account(), taken, { sessions: {} }),
			).rejects.toThrow();
			expect(await shared.other.sessions.listOf(record.id)).toEqual([first]);
			expect(await shared.other.accounts.findById(record.id)).toEqual(record);
		});
	});
}
