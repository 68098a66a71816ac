import fc from "fast-check";
import { limits } from "../../../shared/limits.js";
import { createPerson, createWorkspace, join, member, ownedWorkspace } from "../people.js";
import { newestFirst, readAllPages } from "../readAllPages.js";
import { audit, invitation, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function membersConformance(newDatabase: NewDatabase): void {
	describe("members", () => {
		const shared = sharedDatabase(newDatabase);
		let person: string;
		beforeAll(async () => {
			person = (await createPerson(shared.store)).account.id;
		});

		async function invited(workspaceId: string, role: "viewer" | "admin" | "owner" = "viewer") {
			const link = invitation(workspaceId, { role });
			await shared.store.oneTimeLinks.create(link, audit());
			return link;
		}

		it("join with an invitation, which is used up, and are found through any handle", async () => {
			const home = await createWorkspace(shared.store);
			const link = await invited(home, "admin");
			const record = member(home, person, { role: "admin", createdAt: someTime + 3 });
			const entry = audit({ action: "invitations.join", workspaceId: home, targetId: person });
			expect(await shared.store.members.join(record, link.id, entry)).toBe("joined");
			expect(await shared.other.members.find(home, person)).toEqual(record);
			expect(await shared.other.members.find(home, "acc_none")).toBeUndefined();
			expect(await shared.other.members.find("ws_none", person)).toBeUndefined();
			expect(await shared.other.oneTimeLinks.findByDigest(link.digest)).toBeUndefined();
			const { account: late } = await createPerson(shared.store);
			expect(await shared.other.members.join(member(home, late.id), link.id, audit())).toBe("link_used");
			expect(await shared.store.members.find(home, late.id)).toBeUndefined();
			const audited = await shared.store.audit.list({ limit: 9, workspaceId: home });
			expect(audited.records).toEqual([entry]);
		});

		it("cannot join a missing workspace, and deleted accounts cannot join any", async () => {
			const home = await createWorkspace(shared.store);
			const link = await invited(home);
			const joining = (workspaceId: string, accountId: string) =>
				shared.store.members.join(member(workspaceId, accountId), link.id, audit());
			expect(await joining("ws_none", person)).toBe("workspace_missing");
			expect(await joining(home, "acc_none")).toBe("workspace_missing");
			expect(await shared.store.oneTimeLinks.findByDigest(link.digest)).toEqual(link);
		});

		it("who join again get the higher of both roles, and keep the date of their membership", async () => {
			const home = await createWorkspace(shared.store);
			await join(shared.store, home, person, "viewer", someTime);
			await join(shared.store, home, person, "admin", someTime + 5);
			expect(await shared.other.members.find(home, person)).toEqual(member(home, person, { role: "admin" }));
			await join(shared.store, home, person, "viewer", someTime + 6);
			expect(await shared.other.members.find(home, person)).toEqual(member(home, person, { role: "admin" }));
			expect((await shared.store.members.list(home, { limit: 5 })).records).toHaveLength(1);
		});

		it("are limited per workspace, but a member may join again", async () => {
			const home = await createWorkspace(shared.store);
			await join(shared.store, home, person);
			const { account: late } = await createPerson(shared.store);
			const link = await invited(home, "admin");
			const most = jest.replaceProperty(limits, "membersPerWorkspace", 1 as never);
			const outcomes = [
				await shared.store.members.join(member(home, late.id), link.id, audit()),
				await shared.store.members.join(member(home, person, { role: "admin" }), link.id, audit()),
			];
			most.restore();
			expect(outcomes).toEqual(["limit_reached", "joined"]);
			expect((await shared.store.members.list(home, { limit: 5 })).records).toHaveLength(1);
		});

		it("can change their role and leave", async () => {
			const { store, other } = shared;
			const home = await createWorkspace(store);
			await join(store, home, person);
			const entries = [
				audit({ action: "members.change", workspaceId: home, at: someTime + 1 }),
				audit({ action: "members.remove", workspaceId: home, at: someTime }),
			] as const;
			const changed = await store.members.change(home, person, "admin", entries[0]);
			expect(changed).toEqual(member(home, person, { role: "admin" }));
			expect(await other.members.find(home, person)).toEqual(changed);
			expect(await store.members.remove(home, person, entries[1])).toBe("removed");
			expect(await other.members.find(home, person)).toBeUndefined();
			expect(await other.members.change(home, person, "viewer", audit())).toBe("missing");
			expect(await other.members.remove(home, person, audit())).toBe("missing");
			const audited = (await store.audit.list({ limit: 9, workspaceId: home })).records;
			expect(audited.filter(({ action }) => action.startsWith("members."))).toEqual(entries);
		});

		it("always keep an owner", async () => {
			const { store } = shared;
			const { id: home, owners } = await ownedWorkspace(store, 2);
			const [first, second] = owners as [string, string];
			expect(await store.members.change(home, first, "admin", audit())).toMatchObject({ role: "admin" });
			expect(await store.members.change(home, second, "viewer", audit())).toBe("last_owner");
			expect(await store.members.remove(home, second, audit())).toBe("last_owner");
			expect(await store.members.change(home, second, "owner", audit())).toMatchObject({ role: "owner" });
			expect(await store.members.find(home, second)).toMatchObject({ role: "owner" });
			expect(await store.members.change(home, first, "owner", audit())).toMatchObject({ role: "owner" });
			expect(await store.members.remove(home, second, audit())).toBe("removed");
			expect(await store.members.remove(home, first, audit())).toBe("last_owner");
		});

		it("are deleted with their workspace, as its invitations are, and nothing else", async () => {
			const { store, other } = shared;
			const [home, neighbour] = [await createWorkspace(store), await createWorkspace(store)];
			const links = [await invited(home), await invited(neighbour)];
			for (const each of [home, neighbour]) await join(store, each, person, "owner");
			expect(await store.workspaces.delete(home, audit())).toBe("deleted");
			expect(await other.members.find(home, person)).toBeUndefined();
			expect(await other.members.list(home, { limit: 5 })).toEqual({ records: [], more: false });
			expect(await other.members.find(neighbour, person)).toBeDefined();
			const left = await Promise.all(links.map(({ digest }) => other.oneTimeLinks.findByDigest(digest)));
			expect(left).toEqual([undefined, links[1]]);
			const joined = (await other.members.workspacesOf(person, { limit: 100 })).records;
			expect(joined.map(({ id }) => id)).toContain(neighbour);
			expect(joined.map(({ id }) => id)).not.toContain(home);
		});

		it("are listed once each, newest first and then by account, for any page size", async () => {
			const { store, other } = shared;
			const people: string[] = [];
			while (people.length < 7) people.push((await createPerson(store)).account.id);
			const moments = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: people.length });
			await fc.assert(
				fc.asyncProperty(moments, fc.integer({ min: 1, max: 4 }), async (offsets, limit) => {
					const home = await createWorkspace(store);
					const joined = [];
					for (const [index, offset] of offsets.entries()) {
						const record = await join(store, home, people[index] ?? "", "viewer", someTime + offset);
						joined.push({ ...record, id: record.accountId });
					}
					const listed = await readAllPages(async (page) => {
						const { records, more } = await other.members.list(home, page);
						return { records: records.map((record) => ({ ...record, id: record.accountId })), more };
					}, limit);
					expect(listed).toEqual(joined.sort(newestFirst));
				}),
				{ numRuns: 6 },
			);
		});

		it("have their workspaces listed with their role, newest workspace first, for any page size", async () => {
			const { store, other } = shared;
			const roles = ["viewer", "admin", "owner"] as const;
			const moments = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 });
			await fc.assert(
				fc.asyncProperty(moments, fc.integer({ min: 1, max: 4 }), async (offsets, limit) => {
					const { account } = await createPerson(store);
					const joined = [];
					for (const [index, offset] of offsets.entries()) {
						const home = workspace({ name: newId("Home"), createdAt: someTime + offset });
						const role = roles[index % 3] ?? "viewer";
						await store.workspaces.create(home, audit());
						// Joined in another order than created.
						await join(store, home.id, account.id, role, someTime - offset);
						joined.push({ ...home, role });
					}
					const listed = await readAllPages((page) => other.members.workspacesOf(account.id, page), limit);
					expect(listed).toEqual(joined.sort(newestFirst));
				}),
				{ numRuns: 6 },
			);
		});

		it("get their workspaces in their current state", async () => {
			const { account } = await createPerson(shared.store);
			const home = await createWorkspace(shared.store);
			await join(shared.store, home, account.id);
			await shared.other.workspaces.change(home, { name: "Tycoon" }, audit());
			await shared.other.members.change(home, account.id, "owner", audit());
			const { records } = await shared.store.members.workspacesOf(account.id, { limit: 5 });
			expect(records).toEqual([{ ...(await shared.store.workspaces.findById(home)), role: "owner" }]);
			expect(await shared.store.members.workspacesOf("acc_none", { limit: 5 })).toEqual({
				records: [],
				more: false,
			});
		});
	});
}
