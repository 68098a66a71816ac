import { listKeys, revokeKey } from "@shared/endpoints/keys.js";
import { limits } from "@shared/limits.js";
import type { ApiClient } from "../../api/client.js";

const statuses = ["active", "disabled", "expired"] as const;

/** The IDs of all keys of the workspace that are not revoked; `active` includes idle ones. */
export async function listUnrevokedKeyIds(api: ApiClient, workspaceId: string): Promise<string[]> {
	const ids: string[] = [];
	for (const status of statuses) {
		let cursor: string | undefined;
		do {
			const query = { status, limit: limits.pageSize, cursor };
			const page = await api.call(listKeys, { params: { workspaceId }, query });
			ids.push(...page.data.map(({ id }) => id));
			cursor = page.nextCursor;
		} while (cursor !== undefined);
	}
	return ids;
}

/**
 * Revokes keys one after the other, until `signal` aborts. A request in progress is
 * still completed.
 * @throws {ApiProblem} for the first key that cannot be revoked
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
