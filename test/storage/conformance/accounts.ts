import fc from "fast-check";
import { builtInOperatorId } from "../../../server/model/account.js";
import { limits } from "../../../shared/limits.js";
import { FeedRecorder } from "../feedRecorder.js";
import { createPerson, createWorkspace, join, member, ownedWorkspace } from "../people.js";
import { newestFirst, readAllPages } from "../readAllPages.js";
import {
	account,
	adminKey,
	audit,
	invitation,
	key,
	newId,
	resetLink,
	session,
	setupLink,
	someTime,
} from "../samples.js";
import { type NewDatabase, sharedDatabase, type TestDatabase } from "../testDatabase.js";

export function accountsConformance(newDatabase: NewDatabase): void {
	describe("accounts", () => {
		const shared = sharedDatabase(newDatabase);

		/** Creates an open invitation. */
		async function invited(workspaceId: string) {
			const link = invitation(workspaceId);
			await shared.store.oneTimeLinks.create(link, audit());
			return link;
		}

		it("are created with a link, which is used up, their membership and their first session", async () => {
			const { store, other } = shared;
			const home = await createWorkspace(store);
			const link = await invited(home);
			const record = account({ operator: true, disabledAt: someTime });
			const signUp = {
				linkId: link.id,
				member: member(home, record.id, { role: "admin" }),
				session: session(record.id, { createdAt: someTime + 5, userAgent: "Browser" }),
			};
			const entry = audit({ action: "invitations.accept", targetId: record.id });
			expect(await store.accounts.create(record, signUp, entry)).toBe("created");
			expect(await other.accounts.findById(record.id)).toEqual({ ...record, lastSignInAt: someTime + 5 });
			expect(await other.members.find(home, record.id)).toEqual(signUp.member);
			expect(await other.sessions.findByDigest(signUp.session.digest)).toEqual(signUp.session);
			expect(await other.oneTimeLinks.findByDigest(link.digest)).toBeUndefined();
			const audited = await other.audit.list({ limit: 5, targetId: record.id });
			expect(audited.records).toEqual([entry]);
			const again = account();
			const late = { linkId: link.id, session: session(again.id) };
			expect(await other.accounts.create(again, late, audit())).toBe("link_used");
			expect(await store.accounts.findById(again.id)).toBeUndefined();
			expect(await store.sessions.listOf(again.id)).toEqual([]);
		});

		it.each([
			["in other case", "Main", "mAIN"],
			["in other case beyond ASCII", "Straße Ä", "STRASSE ä"],
			["composed otherwise", "Caf\u00e9", "Cafe\u0301"],
		])("have unique names and are found by them: %s", async (_, first, second) => {
			const { account: holder } = await createPerson(shared.store, { name: first });
			expect(await shared.other.accounts.findByName(second)).toEqual(holder);
			const home = await createWorkspace(shared.store);
			const link = await invited(home);
			const record = account({ name: second });
			const signUp = { linkId: link.id, member: member(home, record.id), session: session(record.id) };
			expect(await shared.other.accounts.create(record, signUp, audit())).toBe("name_taken");
			expect(await shared.store.accounts.findById(record.id)).toBeUndefined();
			expect(await shared.store.oneTimeLinks.findByDigest(link.digest)).toEqual(link);
			expect(await shared.store.members.list(home, { limit: 5 })).toEqual({ records: [], more: false });
			const renamed = { ...record, name: newId("Other") };
			expect(await shared.other.accounts.create(renamed, signUp, audit())).toBe("created");
		});

		it("are not found by an unused name", async () => {
			expect(await shared.store.accounts.findByName("nobody")).toBeUndefined();
		});

		it("include the built-in operator, whose name is taken and who cannot sign in", async () => {
			const found = await shared.store.accounts.findByName("oPERATOR");
			expect(found).toMatchObject({ id: builtInOperatorId, name: "Operator", operator: true });
			expect(found).not.toHaveProperty("passwordHash");
			const link = await invited(await createWorkspace(shared.store));
			const record = account({ name: "OPERATOR" });
			const signUp = { linkId: link.id, session: session(record.id) };
			expect(await shared.store.accounts.create(record, signUp, audit())).toBe("name_taken");
		});

		it("are not created for a missing or full workspace", async () => {
			const { account: settled } = await createPerson(shared.store);
			const home = await createWorkspace(shared.store);
			await join(shared.store, home, settled.id);
			const link = await invited(home);
			const record = account();
			const signUp = (workspaceId: string) => ({
				linkId: link.id,
				member: member(workspaceId, record.id),
				session: session(record.id),
			});
			expect(await shared.store.accounts.create(record, signUp("ws_none"), audit())).toBe(
				"workspace_missing",
			);
			const most = jest.replaceProperty(limits, "membersPerWorkspace", 1 as never);
			const outcome = await shared.store.accounts.create(record, signUp(home), audit());
			most.restore();
			expect(outcome).toBe("limit_reached");
			expect(await shared.store.oneTimeLinks.findByDigest(link.digest)).toEqual(link);
			expect(await shared.store.accounts.findById(record.id)).toBeUndefined();
		});

		it("change the given fields, lose those set to null and keep the rest", async () => {
			const { account: before } = await createPerson(shared.store, { disabledAt: someTime });
			const changes = { operator: true, disabledAt: null, passwordHash: undefined, name: newId("New") };
			const entry = audit({ action: "account.change", targetId: before.id });
			const after = await shared.store.accounts.change(before.id, changes, entry);
			const { disabledAt: _, ...kept } = before;
			expect(after).toEqual({ ...kept, operator: true, name: changes.name });
			expect(await shared.other.accounts.findById(before.id)).toEqual(after);
			expect(await shared.other.accounts.findByName(changes.name.toUpperCase())).toEqual(after);
			expect(await shared.other.accounts.findByName(before.name)).toBeUndefined();
			const audited = await shared.store.audit.list({ limit: 5, targetId: before.id });
			expect(audited.records).toEqual([entry]);
			expect(await shared.store.accounts.change("acc_none", { name: "x" }, audit())).toBe("missing");
		});

		it("can be renamed, also to another case of the same name, and release the old name", async () => {
			const { account: record } = await createPerson(shared.store);
			const { account: heir } = await createPerson(shared.store);
			const recased = { name: record.name.toUpperCase() };
			expect(await shared.store.accounts.change(record.id, recased, audit())).toMatchObject(recased);
			const taking = await shared.other.accounts.change(heir.id, { name: record.name }, audit());
			expect(taking).toBe("name_taken");
			expect(await shared.store.accounts.findById(heir.id)).toEqual(heir);
			await shared.store.accounts.change(record.id, { name: newId("New") }, audit());
			const taken = await shared.other.accounts.change(heir.id, { name: record.name }, audit());
			expect(taken).toMatchObject({ id: heir.id, name: record.name });
		});

		it("lose all sessions but one with a change that says so, and begin a new one", async () => {
			const { account: record, session: kept } = await createPerson(shared.store);
			const { session: stranger } = await createPerson(shared.store);
			const ended = session(record.id);
			await shared.store.sessions.begin(ended, audit());
			const passwordHash = "$argon2id$v=19$next";
			const ids = async () => (await shared.other.sessions.listOf(record.id)).map(({ id }) => id).sort();

			const changed = { passwordHash, operator: false };
			expect(await shared.store.accounts.change(record.id, changed, audit())).toMatchObject(changed);
			expect(await ids()).toEqual([kept.id, ended.id].sort());
			await shared.store.accounts.change(record.id, changed, audit(), { sessions: { keep: kept.id } });
			expect(await ids()).toEqual([kept.id]);
			const begin = session(record.id, { createdAt: someTime + 9 });
			const after = await shared.store.accounts.change(record.id, changed, audit(), { sessions: { begin } });
			expect(after).toEqual({ ...record, ...changed, lastSignInAt: someTime + 9 });
			expect(await shared.other.accounts.findById(record.id)).toEqual(after);
			expect(await ids()).toEqual([begin.id]);
			await shared.store.accounts.change(record.id, changed, audit(), { sessions: {} });
			expect(await ids()).toEqual([]);
			expect(await shared.store.sessions.listOf(stranger.accountId)).toEqual([stranger]);
		});

		it("lose their reset links, and only theirs, with a new password", async () => {
			const { store } = shared;
			const [{ account }, { account: other }] = [await createPerson(store), await createPerson(store)];
			const [link, others] = [resetLink(account.id), resetLink(other.id)];
			for (const each of [link, others]) await store.oneTimeLinks.create(each, audit());
			await store.accounts.change(account.id, { name: newId("Ren") }, audit());
			expect(await store.oneTimeLinks.findByDigest(link.digest)).toEqual(link);
			await store.accounts.change(account.id, { passwordHash: "$another" }, audit());
			expect(await store.oneTimeLinks.findByDigest(link.digest)).toBeUndefined();
			expect(await store.oneTimeLinks.findByDigest(others.digest)).toEqual(others);
		});

		it("change with a reset link only once", async () => {
			const { account: record, session: first } = await createPerson(shared.store);
			const link = resetLink(record.id);
			await shared.store.oneTimeLinks.create(link, audit());
			const change = (passwordHash: string) =>
				shared.other.accounts.change(record.id, { passwordHash }, audit(), { linkId: link.id, sessions: {} });
			expect(await change("$one")).toEqual({ ...record, passwordHash: "$one" });
			await shared.store.sessions.begin(first, audit());
			expect(await change("$two")).toBe("link_used");
			expect(await shared.store.accounts.findById(record.id)).toMatchObject({ passwordHash: "$one" });
			expect(await shared.store.sessions.listOf(record.id)).toEqual([first]);
		});

		it("are deleted with their sessions, memberships, reset links and admin keys, and nothing else", async () => {
			const { store, other } = shared;
			const home = await createWorkspace(store);
			const people = [await createPerson(store), await createPerson(store)];
			const [gone, kept] = people.map((person) => person.account.id) as [string, string];
			for (const id of [gone, kept]) await join(store, home, id);
			const links = [resetLink(gone), resetLink(kept), invitation(home)];
			for (const link of links) await store.oneTimeLinks.create(link, audit());
			const revoked = adminKey({ accountId: gone, revokedAt: someTime });
			const keys = [
				adminKey({ accountId: gone, name: "Mine" }),
				revoked,
				adminKey({ accountId: kept }),
				key(home),
			];
			for (const each of keys) expect(await store.keys.create(each, audit())).toBe("created");
			const lastUse = { at: someTime, address: "192.0.2.1" };
			await store.usage.add(keys.map(({ id }) => ({ keyId: id, hours: [], lastUse })));
			const recorder = new FeedRecorder();
			const subscription = await other.changes.subscribe(recorder);
			await recorder.waitForConfirmation();
			recorder.changes.length = 0;

			const entry = audit({ action: "accounts.delete", targetId: gone });
			expect(await store.accounts.delete(gone, entry)).toBe("deleted");
			for (const each of keys.slice(0, 2)) await recorder.waitForChange({ type: "key", id: each.id }, 1_000);
			await subscription.close();
			expect(recorder.changes).toHaveLength(2);
			expect(await other.accounts.delete(gone, audit())).toBe("missing");
			expect(await other.accounts.findById(gone)).toBeUndefined();
			const goneSession = people[0]?.session.digest as Buffer;
			expect(await other.sessions.findByDigest(goneSession)).toBeUndefined();
			expect(
				(await other.members.list(home, { limit: 5 })).records.map(({ accountId }) => accountId),
			).toEqual([kept]);
			const left = await Promise.all(links.map(({ digest }) => other.oneTimeLinks.findByDigest(digest)));
			expect(left).toEqual([undefined, links[1], links[2]]);
			const found = await Promise.all(keys.map(({ id }) => other.keys.findById(id)));
			expect(found).toEqual([undefined, undefined, keys[2], keys[3]]);
			const used = await other.usage.lastUses(keys.map(({ id }) => id));
			expect([...used.keys()].sort()).toEqual([keys[2]?.id, keys[3]?.id].sort());
			expect(await other.sessions.listOf(kept)).toHaveLength(1);
			const audited = await other.audit.list({ limit: 5, targetId: gone });
			expect(audited.records).toEqual([entry]);
		});

		it("release their name when they are deleted", async () => {
			const { account: record } = await createPerson(shared.store);
			expect(await shared.store.accounts.delete(record.id, audit())).toBe("deleted");
			expect(await shared.other.accounts.findByName(record.name)).toBeUndefined();
			const { account: heir } = await createPerson(shared.other, { name: record.name });
			expect(await shared.store.accounts.findByName(record.name)).toEqual(heir);
		});

		it("cannot be deleted as the last owner of a workspace", async () => {
			const { store } = shared;
			const alone = await ownedWorkspace(store, 1);
			const [owner] = alone.owners as [string];
			const { account: helper } = await createPerson(store);
			await join(store, alone.id, helper.id, "admin");
			expect(await store.accounts.delete(owner, audit())).toBe("last_owner");
			expect(await store.members.find(alone.id, owner)).toMatchObject({ role: "owner" });
			expect(await store.accounts.delete(helper.id, audit())).toBe("deleted");
			const two = await ownedWorkspace(store, 1);
			await join(store, two.id, owner, "owner");
			expect(await store.accounts.delete(two.owners[0] as string, audit())).toBe("deleted");
			expect(await store.accounts.delete(owner, audit())).toBe("last_owner");
		});

		it("list every record once, newest first and then by ID, for any page size", async () => {
			const known = new Set<string>();
			const moments = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 });
			await fc.assert(
				fc.asyncProperty(moments, fc.integer({ min: 1, max: 5 }), async (offsets, limit) => {
					for (const offset of offsets) {
						known.add((await createPerson(shared.store, { createdAt: someTime + 50 + offset })).account.id);
					}
					const listed = await readAllPages((page) => shared.other.accounts.list(page), limit);
					expect(listed).toEqual([...listed].sort(newestFirst));
					expect(listed.filter(({ id }) => known.has(id))).toHaveLength(known.size);
					expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
				}),
				{ numRuns: 6 },
			);
		});
	});

	describe("the first accounts", () => {
		let database: TestDatabase;
		beforeEach(() => {
			database = newDatabase();
		});
		afterEach(() => database.remove());

		it("are created with a setup link while nobody can sign in", async () => {
			const store = await database.open();
			expect(await store.accounts.anyoneCanSignIn()).toBe(false);
			const link = setupLink();
			expect(await store.oneTimeLinks.create(link, audit())).toBe("created");
			const first = account({ operator: true });
			const signUp = { linkId: link.id, session: session(first.id) };
			expect(await store.accounts.create(first, signUp, audit())).toBe("created");
			expect(await store.accounts.anyoneCanSignIn()).toBe(true);
			expect(await store.oneTimeLinks.create(setupLink(), audit())).toBe("not_first");
			const operator = await store.accounts.findById(builtInOperatorId);
			const all = await store.accounts.list({ limit: 5 });
			expect(new Set(all.records)).toEqual(new Set([operator, { ...first, lastSignInAt: someTime }]));
		});

		it("are not created with a setup link once somebody can sign in", async () => {
			const store = await database.open();
			const link = setupLink();
			await store.oneTimeLinks.create(link, audit());
			await createPerson(store);
			const record = account({ operator: true });
			const signUp = { linkId: link.id, session: session(record.id) };
			expect(await store.accounts.create(record, signUp, audit())).toBe("not_first");
			expect(await store.accounts.findById(record.id)).toBeUndefined();
		});

		it("always keep one operator who can sign in", async () => {
			const store = await database.open();
			const { account: only } = await createPerson(store, { operator: true });
			await createPerson(store);
			await createPerson(store, { operator: true, disabledAt: someTime });
			const ends = [{ operator: false }, { disabledAt: someTime }, { passwordHash: null }];
			for (const end of ends) {
				expect(await store.accounts.change(only.id, end, audit())).toBe("last_operator");
			}
			expect(await store.accounts.delete(only.id, audit())).toBe("last_operator");
			expect(await store.accounts.findById(only.id)).toEqual(only);
			expect(await store.accounts.change(only.id, { passwordHash: "$next" }, audit())).toMatchObject({
				id: only.id,
			});

			const { account: second } = await createPerson(store, { operator: true });
			for (const end of ends) {
				expect(await store.accounts.change(second.id, end, audit())).toMatchObject({ id: second.id });
				expect(await store.accounts.delete(only.id, audit())).toBe("last_operator");
				const { operator, passwordHash } = second;
				await store.accounts.change(second.id, { operator, passwordHash, disabledAt: null }, audit());
			}
			expect(await store.accounts.delete(only.id, audit())).toBe("deleted");
			expect(await store.accounts.delete(second.id, audit())).toBe("last_operator");
		});

		it("need no operator who can sign in as long as there was none", async () => {
			const store = await database.open();
			const { account: record } = await createPerson(store, { operator: true, disabledAt: someTime });
			const changed = await store.accounts.change(record.id, { operator: false }, audit());
			expect(changed).toMatchObject({ operator: false });
			expect(await store.accounts.delete(record.id, audit())).toBe("deleted");
			expect(await store.accounts.anyoneCanSignIn()).toBe(false);
			expect(await store.oneTimeLinks.create(setupLink(), audit())).toBe("created");
		});
	});
}
