import { type ClientSession, MongoServerError } from "mongodb";
import type { KeyRecord } from "../../keys/key.js";
import { foldName } from "../foldName.js";
import type { Collections } from "./collections.js";

/** The id of a key's name: one for each owner and name, ignoring case. */
function keyNameId(key: KeyRecord): string {
	const owner = key.workspaceId === undefined ? `account/${key.accountId}` : `workspace/${key.workspaceId}`;
	return `${owner}/${foldName(key.name)}`;
}

export async function nameIsTaken(
	{ keyNames }: Collections,
	key: KeyRecord,
	session: ClientSession,
): Promise<boolean> {
	return (await keyNames.findOne({ _id: keyNameId(key) }, { session })) !== null;
}

/**
 * Takes a name that was found free. Two that take one name at a moment insert
 * the same id: one of the transactions runs again, and then finds it taken.
 */
export async function takeName(
	{ keyNames }: Collections,
	key: KeyRecord,
	session: ClientSession,
): Promise<void> {
	try {
		await keyNames.insertOne({ _id: keyNameId(key), keyId: key.id }, { session });
	} catch (error) {
		// Usually the server calls this a conflict of transactions by itself.
		if (error instanceof MongoServerError && error.code === 11_000) {
			error.addErrorLabel("TransientTransactionError");
		}
		throw error;
	}
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
