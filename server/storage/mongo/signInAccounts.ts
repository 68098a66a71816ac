import type { ClientSession } from "mongodb";
import { builtInOperatorId } from "../../model/account.js";
import { bumpAccountVersion } from "./bumpVersion.js";
import type { Collections } from "./collections.js";

/** Whether any account has a password. */
export async function anySignsIn({ accounts }: Collections, transaction?: ClientSession): Promise<boolean> {
	const found = await accounts.findOne(
		{ passwordHash: { $exists: true } },
		{ session: transaction, projection: { _id: 1 } },
	);
	return found !== null;
}

/** Whether nobody else can sign in as an operator. */
export async function isOnlyOperator(
	{ accounts }: Collections,
	id: string,
	transaction: ClientSession,
): Promise<boolean> {
	const other = await accounts.findOne(
		{ _id: { $ne: id }, operator: true, passwordHash: { $exists: true }, disabledAt: { $exists: false } },
		{ session: transaction, projection: { _id: 1 } },
	);
	return other === null;
}

/**
 * Makes changes of who can sign in, and as an operator, meet: on the one account that is always there.
 *
 * See docs/decisions/0041-version-numbers-on-mongodb.md
 */
export function bumpSignInAccounts(collections: Collections, transaction: ClientSession): Promise<void> {
	return bumpAccountVersion(collections, builtInOperatorId, transaction);
}
