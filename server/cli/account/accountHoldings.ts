import type { Role } from "../../../shared/endpoint.js";
import { openSessions } from "../../accounts/sessions.js";
import type { Services } from "../../core/context.js";
import type { AccountRecord } from "../../model/account.js";
import { recordPages } from "../support/recordPages.js";

/** What belongs to an account and is deleted with it. */
export interface AccountHoldings {
	/** The workspaces it is a member of, newest first. */
	readonly workspaces: ReadonlyArray<{ readonly id: string; readonly name: string; readonly role: Role }>;
	readonly openSessions: number;
	/** How many are not revoked. */
	readonly adminKeys: number;
}

export async function accountHoldings(
	{ store, clock }: Services,
	{ id }: AccountRecord,
): Promise<AccountHoldings> {
	const workspaces: Array<AccountHoldings["workspaces"][number]> = [];
	for await (const page of recordPages((request) => store.members.workspacesOf(id, request))) {
		workspaces.push(...page.map(({ id, name, role }) => ({ id, name, role })));
	}
	let adminKeys = 0;
	for await (const page of recordPages((request) => store.keys.listOfAccount(id, request))) {
		adminKeys += page.filter(({ revokedAt }) => revokedAt === undefined).length;
	}
	const sessions = await openSessions(store, id, clock.now());
	return { workspaces, openSessions: sessions.length, adminKeys };
}
