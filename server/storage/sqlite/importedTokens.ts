/**
 * The SQL that detaches foreign tokens from keys that are deleted: they no longer
 * lead to a key. That they were imported stays on record, so that a later import
 * does not silently restore them. `keyIds`: SQL for the IDs of the keys.
 */
export function detachImportedTokens(keyIds: string): string {
	return `UPDATE imported_tokens SET key_id = NULL, workspace_id = NULL WHERE key_id IN (${keyIds})`;
}
