const callbacks = new Set<() => void>();
let bound = false;

/**
 * Calls `callback` when Roblox shuts this game server down. The returned function
 * removes it. BindToClose is called once, because a function bound with it cannot
 * be removed and would keep every connection that was ever created.
 */
export function onGameClose(callback: () => void): () => void {
	callbacks.add(callback);
	if (!bound) {
		bound = true;
		game.BindToClose(() => {
			for (const call of [...callbacks]) call();
		});
	}
	return () => {
		callbacks.delete(callback);
	};
}
