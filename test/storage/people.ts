import type { AccountRecord } from "../../server/model/account.js";
import type { MemberRecord } from "../../server/model/member.js";
import type { SessionRecord } from "../../server/model/session.js";
import type { Store } from "../../server/store/store.js";
import type { Role } from "../../shared/endpoint.js";
import { account, audit, invitation, session, someTime, workspace } from "./samples.js";

/** An account after its creation, with the session that came with it. */
export interface Person {
	readonly account: AccountRecord;
	readonly session: SessionRecord;
}

/** Stores a new workspace and returns its ID. */
export async function createWorkspace(store: Store): Promise<string> {
	const record = workspace();
	await store.workspaces.create(record, audit());
	return record.id;
}

export function member(
	workspaceId: string,
	accountId: string,
	fields: Partial<MemberRecord> = {},
): MemberRecord {
	return { workspaceId, accountId, role: "viewer", createdAt: someTime, ...fields };
}

/** Creates an account that is not a member of any workspace. */
export async function createPerson(store: Store, fields: Partial<AccountRecord> = {}): Promise<Person> {
	const link = invitation(await createWorkspace(store));
	await expectCreated(store.oneTimeLinks.create(link, audit()));
	const record = account(fields);
	const first = session(record.id);
	await expectCreated(store.accounts.create(record, { linkId: link.id, session: first }, audit()));
	return { account: { ...record, lastSignInAt: first.createdAt }, session: first };
}

/** Adds the account to a workspace, with an invitation. */
export async function join(
	store: Store,
	workspaceId: string,
	accountId: string,
	role: Role = "viewer",
	createdAt = someTime,
): Promise<MemberRecord> {
	const link = invitation(workspaceId, { role });
	await expectCreated(store.oneTimeLinks.create(link, audit()));
	const record = member(workspaceId, accountId, { role, createdAt });
	const outcome = await store.members.join(record, link.id, audit());
	if (outcome !== "joined") throw new Error(`did not join: ${outcome}`);
	return record;
}

/** Creates a workspace with owners. */
export async function ownedWorkspace(
	store: Store,
	count: number,
): Promise<{ readonly id: string; readonly owners: readonly string[] }> {
	const id = await createWorkspace(store);
	const owners: string[] = [];
	while (owners.length < count) {
		const { account: owner } = await createPerson(store);
		await join(store, id, owner.id, "owner");
		owners.push(owner.id);
	}
	return { id, owners };
}

async function expectCreated(creating: Promise<string>): Promise<void> {
	const outcome = await creating;
	if (outcome !== "created") throw new Error(`not created: ${outcome}`);
}
