import type { ImportOutcome } from "../store/store.js";

/**
 * Why a foreign token that is there already keeps a key from being imported
 * with it; undefined when it does not. `found`: by each digest it is known
 * under, the workspace of its key, undefined when that key was deleted.
 */
export function importConflict(
	found: readonly (string | undefined)[],
	{ workspaceId, deletedToo = false }: { readonly workspaceId: string; readonly deletedToo?: boolean },
): ImportOutcome | undefined {
	if (found.includes(workspaceId)) return "known";
	if (found.some((owner) => owner !== undefined)) return "known_elsewhere";
	return found.length > 0 && !deletedToo ? "known_deleted" : undefined;
}
