let live = 0;
let warned = false;

/**
 * Counts the connections of this game server. Each one has its own share of the
 * requests, so the first time there is a second one, `warnOnce` is called. The
 * returned function removes the connection from the count.
 */
export function registerConnection(warnOnce: () => void): () => void {
	live += 1;
	if (live > 1 && !warned) {
		warned = true;
		warnOnce();
	}
	let removed = false;
	return () => {
		if (removed) return;
		removed = true;
		live -= 1;
	};
}
