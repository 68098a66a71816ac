import type { ClientSession } from "mongodb";
import { builtInOperatorId } from "../../model/account.js";
import { bumpAccountVersion } from "./bumpVersion.js";
import type { Collections } from "./collections.js";

/** Whether any account has a password. */
export async function anyoneCanSignIn(
	{ accounts }: Collections,
	transaction?: ClientSession,
): Promise<boolean> {
	const found = await accounts.findOne(
		{ passwordHash: { $exists: true } },
		{ session: transaction, projection: { _id: 1 } },
	);
	return found !== null;
}

/** Whether an account other than this one can sign in as an operator. */
export async function hasOtherOperator(
	{ accounts }: Collections,
	id: string,
	transaction: ClientSession,
): Promise<boolean> {
	const other = await accounts.findOne(
		{ _id: { $ne: id }, operator: true, passwordHash: { $exists: true }, disabledAt: { $exists: false } },
		{ session: transaction, projection: { _id: 1 } },
	);
	return other !== null;
}

/**
 * Makes changes of who can sign in, or sign in as an operator, conflict with each
 * other: on the one account that always exists.
 */
export function bumpSignInAccounts(collections: Collections, transaction: ClientSession): Promise<void> {
	return bumpAccountVersion(collections, builtInOperatorId, transaction);
}
