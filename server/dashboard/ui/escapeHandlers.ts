type Handler = () => void;

const handlers: Handler[] = [];

/**
 * Every open Mantine dialog listens for Escape, even one covered by another. Must be
 * called before any of them opens, so that this listener runs first.
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

/** Routes Escape to the topmost dialog only. Returns a function that ends that. */
export function pushEscapeHandler(handle: Handler): () => void {
	handlers.push(handle);
	return () => {
		handlers.splice(handlers.indexOf(handle), 1);
	};
}
