import type { ClientSession } from "mongodb";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import { type Collections, idsBeneath } from "./collections.js";
import { conflictWhenTaken } from "./failures.js";

/** The id of a key's name: one for each owner and name, ignoring case. */
export function keyNameId(key: KeyRecord): string {
	const { workspaceId } = key;
	const owner = workspaceId === undefined ? ownerOf(key.accountId ?? "") : `workspace/${workspaceId}`;
	return `${owner}/${foldName(key.name)}`;
}

const ownerOf = (accountId: string) => `account/${accountId}`;

/** How many keys of an account are not revoked: each has its name. */
export function countNames(
	{ keyNames }: Collections,
	accountId: string,
	session: ClientSession,
): Promise<number> {
	return keyNames.countDocuments({ _id: idsBeneath(ownerOf(accountId)) }, { session });
}

export async function freeNames(
	{ keyNames }: Collections,
	accountId: string,
	session: ClientSession,
): Promise<void> {
	await keyNames.deleteMany({ _id: idsBeneath(ownerOf(accountId)) }, { session });
}

export async function nameIsTaken(
	{ keyNames }: Collections,
	key: KeyRecord,
	session: ClientSession,
): Promise<boolean> {
	return (await keyNames.findOne({ _id: keyNameId(key) }, { session })) !== null;
}

/**
 * Takes names that were found free. Two that take one name at a moment insert
 * the same id: one of the transactions runs again, and then finds it taken.
 */
export async function takeNames(
	{ keyNames }: Collections,
	keys: readonly KeyRecord[],
	session: ClientSession,
): Promise<void> {
	const names = keys.map((key) => ({ _id: keyNameId(key), keyId: key.id }));
	await keyNames.insertMany(names, { session }).catch(conflictWhenTaken);
}

export async function freeName(
	{ keyNames }: Collections,
	key: KeyRecord,
	session: ClientSession,
): Promise<void> {
	await keyNames.deleteOne({ _id: keyNameId(key), keyId: key.id }, { session });
}

export function sameName(a: KeyRecord, b: KeyRecord): boolean {
	return keyNameId(a) === keyNameId(b);
}
