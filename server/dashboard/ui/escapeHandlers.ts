type Handler = () => void;

const handlers: Handler[] = [];

/**
 * Every open dialog of Mantine listens for Escape by itself, one that is covered
 * by another too. Called before any of them listens, so that this is heard first.
 */
export function listenForEscape(): void {
	window.addEventListener(
		"keydown",
		(event) => {
			const handle = handlers.at(-1);
			if (event.key !== "Escape" || event.isComposing || handle === undefined) return;
			event.stopImmediatePropagation();
			handle();
		},
		{ capture: true },
	);
}

/** From now on Escape is for what lies above all else, and for nothing below. Returns what ends that. */
export function pushEscapeHandler(handle: Handler): () => void {
	handlers.push(handle);
	return () => {
		handlers.splice(handlers.indexOf(handle), 1);
	};
}
