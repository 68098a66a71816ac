const connections = new Set<() => void>();
let bound = false;

/**
 * Calls `callback` when Roblox shuts this server down; what it returns takes it
 * out again. Bound to the game once, because BindToClose has no way back and
 * would keep every connection that was ever made.
 */
export function onGameClose(callback: () => void): () => void {
	connections.add(callback);
	if (!bound) {
		bound = true;
		game.BindToClose(() => {
			for (const close of [...connections]) close();
		});
	}
	return () => {
		connections.delete(callback);
	};
}
