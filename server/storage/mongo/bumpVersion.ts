import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.js";

/**
 * MongoDB only detects a conflict when two transactions write the same document;
 * reading what the other one changes is not enough. Every change whose outcome
 * depends on what an account or a workspace has therefore bumps its version: of
 * two concurrent changes one runs again and sees the other's.
 *
 * See docs/decisions/0041-version-numbers-on-mongodb.md
 */
export async function bumpAccountVersion(
	{ accounts }: Collections,
	accountId: string,
	transaction: ClientSession,
): Promise<void> {
	await accounts.updateOne({ _id: accountId }, { $inc: { moves: 1 } }, { session: transaction });
}

/** The same for the members and invitations of a workspace. Deleting the workspace conflicts with these as well. */
export async function bumpMembersVersion(
	{ holdings }: Collections,
	workspaceId: string,
	transaction: ClientSession,
): Promise<void> {
	await holdings.updateOne({ _id: workspaceId }, { $inc: { members: 1 } }, { session: transaction });
}
