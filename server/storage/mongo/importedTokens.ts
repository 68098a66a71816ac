import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.js";

/**
 * Detaches foreign tokens from keys that are deleted: they no longer lead to a
 * key. That they were imported stays on record, so that a later import does not
 * silently restore them.
 */
export async function detachImportedTokens(
	{ importedTokens }: Collections,
	keyIds: readonly string[],
	session: ClientSession,
): Promise<void> {
	const detach = { $unset: { keyId: true, workspaceId: true } } as const;
	await importedTokens.updateMany({ keyId: { $in: keyIds } }, detach, { session });
}
