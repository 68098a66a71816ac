import type { ClientSession } from "mongodb";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import { type Collections, idsBeneath } from "./collections.js";
import { retryOnDuplicate } from "./failures.js";

/** The ID of a key's name: one for each owner and name, ignoring case. */
export function keyNameId(key: KeyRecord): string {
	const { workspaceId } = key;
	const owner = workspaceId === undefined ? accountPrefix(key.accountId ?? "") : `workspace/${workspaceId}`;
	return `${owner}/${foldName(key.name)}`;
}

const accountPrefix = (accountId: string) => `account/${accountId}`;

/** How many keys of an account are in use: each has its name. */
export function countAccountNames(
	{ keyNames }: Collections,
	accountId: string,
	session: ClientSession,
): Promise<number> {
	return keyNames.countDocuments({ _id: idsBeneath(accountPrefix(accountId)) }, { session });
}

export async function releaseAccountNames(
	{ keyNames }: Collections,
	accountId: string,
	session: ClientSession,
): Promise<void> {
	await keyNames.deleteMany({ _id: idsBeneath(accountPrefix(accountId)) }, { session });
}

export async function isNameTaken(
	{ keyNames }: Collections,
	key: KeyRecord,
	session: ClientSession,
): Promise<boolean> {
	return (await keyNames.findOne({ _id: keyNameId(key) }, { session })) !== null;
}

/**
 * Claims names that were free when the transaction looked. Two transactions that
 * claim one name insert the same ID: one runs again and finds the name taken.
 */
export async function claimNames(
	{ keyNames }: Collections,
	keys: readonly KeyRecord[],
	session: ClientSession,
): Promise<void> {
	const names = keys.map((key) => ({ _id: keyNameId(key), keyId: key.id }));
	await keyNames.insertMany(names, { session }).catch(retryOnDuplicate);
}

export async function releaseName(
	{ keyNames }: Collections,
	key: KeyRecord,
	session: ClientSession,
): Promise<void> {
	await keyNames.deleteOne({ _id: keyNameId(key), keyId: key.id }, { session });
}

export function hasSameName(a: KeyRecord, b: KeyRecord): boolean {
	return keyNameId(a) === keyNameId(b);
}
