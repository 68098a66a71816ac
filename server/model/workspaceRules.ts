export type WorkspaceDeletionObstacle = "missing" | "has_keys";

/** Why a workspace cannot be deleted; undefined when it can. `keysInUse`: undefined when it does not exist. */
export function workspaceDeletionObstacle(
	keysInUse: number | undefined,
): WorkspaceDeletionObstacle | undefined {
	if (keysInUse === undefined) return "missing";
	return keysInUse > 0 ? "has_keys" : undefined;
}
