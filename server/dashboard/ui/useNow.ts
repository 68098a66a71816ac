import { useSyncExternalStore } from "react";

const beatMs = 15_000;
const listeners = new Set<() => void>();
let now = new Date();
let beat: number | undefined;

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	beat ??= window.setInterval(() => {
		now = new Date();
		for (const tell of listeners) tell();
	}, beatMs);
	return () => {
		listeners.delete(listener);
		if (listeners.size > 0) return;
		window.clearInterval(beat);
		beat = undefined;
	};
}

/** The time, new every 15 seconds, the same for all who show one. */
export function useNow(): Date {
	return useSyncExternalStore(subscribe, () => (beat === undefined ? fresh() : now));
}

/** Nobody watched until now; but the same within one rendering, or it would never end. */
function fresh(): Date {
	if (Date.now() - now.getTime() > beatMs) now = new Date();
	return now;
}
