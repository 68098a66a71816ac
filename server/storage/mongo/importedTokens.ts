import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.js";

/**
 * Makes the foreign tokens of keys that are deleted lead nowhere. That they were
 * imported stays, so that a later import does not make them good again unnoticed.
 */
export async function endTokensOf(
	{ importedTokens }: Collections,
	keyIds: readonly string[],
	session: ClientSession,
): Promise<void> {
	const gone = { $unset: { keyId: true, workspaceId: true } } as const;
	await importedTokens.updateMany({ keyId: { $in: keyIds } }, gone, { session });
}
