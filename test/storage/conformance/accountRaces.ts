import type { Store } from "../../../server/store/store.js";
import { limits } from "../../../shared/limits.js";
import { createPerson, createWorkspace, member, ownedWorkspace } from "../people.js";
import {
	account,
	adminKey,
	audit,
	invitation,
	newId,
	resetLink,
	session,
	setupLink,
	someTime,
} from "../samples.js";
import { type NewDatabase, sharedDatabase, type TestDatabase } from "../testDatabase.js";

/** How often each race is run: the winner differs. */
const rounds = 6;

export function accountRacesConformance(newDatabase: NewDatabase): void {
	describe("two people, concurrently,", () => {
		const shared = sharedDatabase(newDatabase);
		const either = (turn: number): Store => (turn % 2 === 0 ? shared.store : shared.other);

		/** The outcomes of `count` concurrent calls, alternating between both handles. */
		function concurrently<T>(count: number, call: (store: Store, turn: number) => Promise<T>): Promise<T[]> {
			return Promise.all(Array.from({ length: count }, (_, turn) => call(either(turn), turn)));
		}

		const countOutcomes = (outcomes: readonly unknown[]) => {
			const counts: Record<string, number> = {};
			for (const outcome of outcomes) {
				const name = typeof outcome === "string" ? outcome : "done";
				counts[name] = (counts[name] ?? 0) + 1;
			}
			return counts;
		};

		async function invited(workspaceId: string, count = 1): Promise<[string, ...string[]]> {
			const links = Array.from({ length: count }, () => invitation(workspaceId, { role: "owner" }));
			for (const link of links) await shared.store.oneTimeLinks.create(link, audit());
			return links.map(({ id }) => id) as [string, ...string[]];
		}

		it("cannot take the same name", async () => {
			const links = await invited(await createWorkspace(shared.store), 6);
			const name = newId("Same");
			const outcomes = await concurrently(6, (store, turn) => {
				const record = account({ name: turn % 3 === 0 ? name.toUpperCase() : name });
				return store.accounts.create(
					record,
					{ linkId: links[turn] ?? "", session: session(record.id) },
					audit(),
				);
			});
			expect(countOutcomes(outcomes)).toEqual({ created: 1, name_taken: 5 });
		});

		it("cannot rename to the same name", async () => {
			const people: string[] = [];
			while (people.length < 4) people.push((await createPerson(shared.store)).account.id);
			const name = newId("Same");
			const outcomes = await concurrently(4, (store, turn) =>
				store.accounts.change(people[turn] ?? "", { name }, audit()),
			);
			expect(countOutcomes(outcomes)).toEqual({ done: 1, name_taken: 3 });
		});

		it("cannot both create an account with one link", async () => {
			const home = await createWorkspace(shared.store);
			const [linkId] = await invited(home);
			const outcomes = await concurrently(6, (store) => {
				const record = account();
				const signUp = { linkId, member: member(home, record.id), session: session(record.id) };
				return store.accounts.create(record, signUp, audit());
			});
			expect(countOutcomes(outcomes)).toEqual({ created: 1, link_used: 5 });
			expect((await shared.store.members.list(home, { limit: 9 })).records).toHaveLength(1);
		});

		it("cannot both join with one link, nor can one join while another creates an account", async () => {
			for (let round = 0; round < rounds; round++) {
				const home = await createWorkspace(shared.store);
				const [linkId] = await invited(home);
				const people = [await createPerson(shared.store), await createPerson(shared.store)];
				const outcomes = await concurrently(3, (store, turn) => {
					const person = people[turn];
					if (person !== undefined) {
						return store.members.join(member(home, person.account.id), linkId, audit()) as Promise<string>;
					}
					const record = account();
					const signUp = { linkId, member: member(home, record.id), session: session(record.id) };
					return store.accounts.create(record, signUp, audit());
				});
				expect(countOutcomes(outcomes).link_used).toBe(2);
				expect((await shared.store.members.list(home, { limit: 9 })).records).toHaveLength(1);
			}
		});

		it("cannot both set a password with one link", async () => {
			const { account: record } = await createPerson(shared.store);
			const link = resetLink(record.id);
			await shared.store.oneTimeLinks.create(link, audit());
			const begun = Array.from({ length: 4 }, () => session(record.id));
			const outcomes = await concurrently(4, (store, turn) =>
				store.accounts.change(record.id, { passwordHash: `$${turn}` }, audit(), {
					linkId: link.id,
					sessions: { begin: begun[turn] },
				}),
			);
			expect(countOutcomes(outcomes)).toEqual({ done: 1, link_used: 3 });
			const winner = outcomes.findIndex((outcome) => outcome !== "link_used");
			const after = await shared.store.accounts.findById(record.id);
			expect(after).toEqual(outcomes[winner]);
			expect(after?.passwordHash).toBe(`$${winner}`);
			expect(await shared.store.sessions.listOf(record.id)).toEqual([begun[winner]]);
		});

		it("cannot both leave a workspace as its last owners", async () => {
			for (let round = 0; round < rounds; round++) {
				const { id, owners } = await ownedWorkspace(shared.store, 3);
				const outcomes = await concurrently<unknown>(3, (store, turn) => {
					const owner = owners[turn] ?? "";
					if (turn === 0) return store.members.remove(id, owner, audit());
					if (turn === 1) return store.members.change(id, owner, "viewer", audit());
					return store.accounts.delete(owner, audit());
				});
				expect(countOutcomes(outcomes).last_owner).toBe(1);
				const left = (await shared.store.members.list(id, { limit: 9 })).records;
				expect(left.filter(({ role }) => role === "owner")).toHaveLength(1);
			}
		});

		it("cannot exceed the limit of members of a workspace", async () => {
			const home = await createWorkspace(shared.store);
			const links = await invited(home, 6);
			const people = [
				await createPerson(shared.store),
				await createPerson(shared.store),
				await createPerson(shared.store),
			];
			const most = jest.replaceProperty(limits, "membersPerWorkspace", 2 as never);
			const outcomes = await concurrently(6, (store, turn) => {
				const [linkId = "", person] = [links[turn], people[turn]];
				if (person !== undefined) {
					return store.members.join(member(home, person.account.id), linkId, audit()) as Promise<string>;
				}
				const record = account();
				const signUp = { linkId, member: member(home, record.id), session: session(record.id) };
				return store.accounts.create(record, signUp, audit());
			}).finally(() => most.restore());
			expect(countOutcomes(outcomes).limit_reached).toBe(4);
			expect((await shared.store.members.list(home, { limit: 9 })).records).toHaveLength(2);
		});

		it("cannot exceed the limit of open invitations of a workspace", async () => {
			const home = await createWorkspace(shared.store);
			const most = jest.replaceProperty(limits, "invitationsPerWorkspace", 2 as never);
			const outcomes = await concurrently(6, (store) =>
				store.oneTimeLinks.create(invitation(home), audit()),
			).finally(() => most.restore());
			expect(countOutcomes(outcomes)).toEqual({ created: 2, limit_reached: 4 });
			expect(await shared.store.oneTimeLinks.invitations(home, someTime)).toHaveLength(2);
		});

		it("cannot exceed the limit of sessions of an account", async () => {
			const { account: record } = await createPerson(shared.store);
			for (let count = 1; count < limits.sessionsPerAccount - 2; count++) {
				await shared.store.sessions.begin(session(record.id), audit());
			}
			await concurrently(6, (store) =>
				store.sessions.begin(session(record.id, { createdAt: someTime + 1 }), audit()),
			);
			const left = await shared.store.sessions.listOf(record.id);
			expect(left).toHaveLength(limits.sessionsPerAccount);
			expect(left.filter(({ createdAt }) => createdAt > someTime)).toHaveLength(6);
		});

		it("cannot exceed the limit of admin keys of an account", async () => {
			const { account: record } = await createPerson(shared.store);
			for (let count = 0; count < limits.keysPerAccount - 2; count++) {
				await shared.store.keys.create(adminKey({ accountId: record.id }), audit());
			}
			const outcomes = await concurrently(6, (store) =>
				store.keys.create(adminKey({ accountId: record.id }), audit()),
			);
			expect(countOutcomes(outcomes)).toEqual({ created: 2, limit_reached: 4 });
		});

		it("leave one valid reset link when each creates one", async () => {
			const { account: record } = await createPerson(shared.store);
			const links = Array.from({ length: 4 }, () => resetLink(record.id));
			const outcomes = await concurrently(4, (store, turn) =>
				store.oneTimeLinks.create(links[turn] ?? resetLink(record.id), audit()),
			);
			expect(countOutcomes(outcomes)).toEqual({ created: 4 });
			const found = await Promise.all(
				links.map(({ digest }) => shared.store.oneTimeLinks.findByDigest(digest)),
			);
			expect(found.filter((link) => link !== undefined)).toHaveLength(1);
		});

		it("cannot join a workspace while it is deleted", async () => {
			for (let round = 0; round < rounds; round++) {
				const home = await createWorkspace(shared.store);
				const links = await invited(home, 2);
				const { account: person } = await createPerson(shared.store);
				const record = account();
				const signUp = {
					linkId: links[1] ?? "",
					member: member(home, record.id),
					session: session(record.id),
				};
				const invite = invitation(home);
				const [joined, created, link] = await Promise.all([
					shared.other.members.join(member(home, person.id), links[0], audit()),
					shared.other.accounts.create(record, signUp, audit()),
					shared.other.oneTimeLinks.create(invite, audit()),
					shared.store.workspaces.delete(home, audit()),
				]);
				// What came before the deletion of the workspace was deleted with it.
				expect(["joined", "link_used", "workspace_missing"]).toContain(joined);
				expect(["created", "workspace_missing"]).toContain(link);
				expect(await shared.store.members.find(home, person.id)).toBeUndefined();
				expect(await shared.store.members.find(home, record.id)).toBeUndefined();
				expect(await shared.store.oneTimeLinks.findByDigest(invite.digest)).toBeUndefined();
				expect((await shared.store.members.workspacesOf(person.id, { limit: 9 })).records).toEqual([]);
				const found = await shared.store.accounts.findById(record.id);
				expect(found !== undefined).toBe(created === "created");
			}
		});

		it("leave nothing of an account that is deleted while something of it is created", async () => {
			for (let round = 0; round < rounds; round++) {
				const home = await createWorkspace(shared.store);
				const [linkId] = await invited(home);
				const { account: record } = await createPerson(shared.store);
				const [key, reset, begun] = [
					adminKey({ accountId: record.id }),
					resetLink(record.id),
					session(record.id),
				];
				const [deleted] = await Promise.all([
					shared.store.accounts.delete(record.id, audit()),
					shared.other.keys.create(key, audit()),
					shared.other.oneTimeLinks.create(reset, audit()),
					shared.other.sessions.begin(begun, audit()),
					shared.other.members.join(member(home, record.id), linkId, audit()),
				]);
				expect(deleted).toBe("deleted");
				expect(await shared.store.keys.findById(key.id)).toBeUndefined();
				expect(await shared.store.oneTimeLinks.findByDigest(reset.digest)).toBeUndefined();
				expect(await shared.store.sessions.listOf(record.id)).toEqual([]);
				expect((await shared.store.members.list(home, { limit: 9 })).records).toEqual([]);
			}
		});

		it("cannot sign in with a password while another is set and all sessions end", async () => {
			for (let round = 0; round < rounds; round++) {
				const passwordHash = "$argon2id$v=19$old";
				const { account: record } = await createPerson(shared.store, { passwordHash });
				await Promise.all([
					shared.store.accounts.change(record.id, { passwordHash: "$new" }, audit(), { sessions: {} }),
					shared.other.sessions.begin(session(record.id), audit(), passwordHash),
				]);
				expect(await shared.store.sessions.listOf(record.id)).toEqual([]);
			}
		});

		it("lose neither of two changes to an account", async () => {
			const { account: record } = await createPerson(shared.store);
			await Promise.all([
				shared.store.accounts.change(record.id, { passwordHash: "$new" }, audit()),
				shared.other.accounts.change(record.id, { operator: true }, audit()),
				shared.store.sessions.begin(session(record.id, { createdAt: someTime + 7 }), audit()),
			]);
			const after = await shared.other.accounts.findById(record.id);
			expect(after).toEqual({
				...record,
				passwordHash: "$new",
				operator: true,
				lastSignInAt: someTime + 7,
			});
		});
	});

	describe("two of the first people, concurrently,", () => {
		const databases: TestDatabase[] = [];
		afterEach(() => Promise.all(databases.splice(0).map((database) => database.remove())));

		/** Opens two handles on an empty database. */
		async function emptyDatabase() {
			const database = newDatabase();
			databases.push(database);
			return [await database.open(), await database.open()] as const;
		}

		it("cannot both be the first, with one link or with an invitation", async () => {
			for (let round = 0; round < 3; round++) {
				const stores = await emptyDatabase();
				const setup = setupLink();
				await stores[0].oneTimeLinks.create(setup, audit());
				const home = await createWorkspace(stores[0]);
				const link = invitation(home);
				await stores[0].oneTimeLinks.create(link, audit());
				const create = (store: Store, linkId: string) => {
					const record = account({ operator: true });
					return store.accounts.create(record, { linkId, session: session(record.id) }, audit());
				};
				const outcomes = await Promise.all([
					create(stores[0], setup.id),
					create(stores[1], setup.id),
					create(stores[1], link.id),
				]);
				expect(outcomes[2]).toBe("created");
				const byLink = outcomes.slice(0, 2).sort();
				// Whoever comes after the invited one is no longer the first.
				expect([
					["created", "link_used"],
					["not_first", "not_first"],
				]).toContainEqual(byLink);
			}
		});

		it("leave one valid setup link when each creates one", async () => {
			const stores = await emptyDatabase();
			const links = Array.from({ length: 4 }, () => setupLink());
			const outcomes = await Promise.all(
				links.map((link, turn) => stores[turn % 2 === 0 ? 0 : 1].oneTimeLinks.create(link, audit())),
			);
			expect(outcomes).toEqual(["created", "created", "created", "created"]);
			const found = await Promise.all(links.map(({ digest }) => stores[0].oneTimeLinks.findByDigest(digest)));
			expect(found.filter((link) => link !== undefined)).toHaveLength(1);
		});

		it("cannot all stop being operators", async () => {
			for (let round = 0; round < 3; round++) {
				const stores = await emptyDatabase();
				const people: string[] = [];
				while (people.length < 3) people.push((await createPerson(stores[0], { operator: true })).account.id);
				const [one = "", two = "", three = ""] = people;
				const outcomes: unknown[] = await Promise.all([
					stores[0].accounts.change(one, { operator: false }, audit()),
					stores[1].accounts.change(two, { disabledAt: someTime }, audit()),
					stores[1].accounts.delete(three, audit()),
				]);
				expect(outcomes.filter((outcome) => outcome === "last_operator")).toHaveLength(1);
			}
		});
	});
}
