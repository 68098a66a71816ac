let live = 0;
let warned = false;

/**
 * Counts the connections of this game server. Each has a share of the requests
 * of its own, so a second one is told of through `warnOnce`, the first time
 * only. What it returns takes the connection out again.
 */
export function joinLiveConnections(warnOnce: () => void): () => void {
	live += 1;
	if (live > 1 && !warned) {
		warned = true;
		warnOnce();
	}
	let left = false;
	return () => {
		if (left) return;
		left = true;
		live -= 1;
	};
}
