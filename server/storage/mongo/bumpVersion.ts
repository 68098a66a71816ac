import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.js";

/**
 * A transaction meets another only where both write one document; going by
 * what the other changes is not enough. So all whose outcome hangs on what an
 * account or a workspace holds move a number of it, and of two at a moment one
 * runs again and sees what the other did.
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

/** The same for who belongs, and is invited, to a workspace; deleting the workspace meets these, too. */
export async function bumpMembersVersion(
	{ holdings }: Collections,
	workspaceId: string,
	transaction: ClientSession,
): Promise<void> {
	await holdings.updateOne({ _id: workspaceId }, { $inc: { members: 1 } }, { session: transaction });
}
