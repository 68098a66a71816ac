import { listKeys, revokeKey } from "../../../../shared/endpoints/keys.js";
import { limits } from "../../../../shared/limits.js";
import type { ApiClient } from "../../api/client.js";

const states = ["active", "disabled", "expired"] as const;

/** The ids of all keys of the workspace that are not revoked; idle ones are among the active. */
export async function keysNotRevoked(api: ApiClient, workspaceId: string): Promise<string[]> {
	const ids: string[] = [];
	for (const state of states) {
		let cursor: string | undefined;
		do {
			const query = { state, limit: limits.pageSize, cursor };
			const page = await api.call(listKeys, { params: { workspaceId }, query });
			ids.push(...page.data.map(({ id }) => id));
			cursor = page.nextCursor;
		} while (cursor !== undefined);
	}
	return ids;
}

/**
 * Revokes keys one after the other, until all are or `signal` says to stop;
 * the call that is under way then still comes to its end.
 * @throws {ApiProblem} for the first that cannot be revoked
 *
 * See docs/decisions/0056-revoke-key-by-key.md
 */
export async function revokeKeys(
	api: ApiClient,
	keyIds: readonly string[],
	signal: AbortSignal,
	onRevoked: () => void,
): Promise<void> {
	for (const keyId of keyIds) {
		if (signal.aborted) return;
		await api.call(revokeKey, { params: { keyId } });
		onRevoked();
	}
}
