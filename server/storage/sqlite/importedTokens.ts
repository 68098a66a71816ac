/**
 * Makes the foreign tokens of keys that are deleted lead nowhere. That they were
 * imported stays, so that a later import does not make them good again unnoticed.
 * `keyIds`: as SQL, the ids of the keys.
 */
export function endTokensOf(keyIds: string): string {
	return `UPDATE imported_tokens SET key_id = NULL, workspace_id = NULL WHERE key_id IN (${keyIds})`;
}
