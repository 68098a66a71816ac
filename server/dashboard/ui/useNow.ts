import { useEffect, useState, useSyncExternalStore } from "react";
import { onServerTimeChange, serverTime } from "../serverTime.js";

const beatMs = 15_000;
const listeners = new Set<() => void>();
let now = serverTime();
let beat: number | undefined;

function notifyAll(): void {
	now = serverTime();
	for (const tell of listeners) tell();
}
onServerTimeChange(notifyAll);

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	beat ??= window.setInterval(notifyAll, beatMs);
	return () => {
		listeners.delete(listener);
		if (listeners.size > 0) return;
		window.clearInterval(beat);
		beat = undefined;
	};
}

/** The server's time, new every 15 seconds, the same for all who show one. */
export function useNow(): Date {
	return useSyncExternalStore(subscribe, () => (beat === undefined ? fresh() : now));
}

/** Nobody watched until now; but the same within one rendering, or it would never end. */
function fresh(): Date {
	if (serverTime().getTime() - now.getTime() > beatMs) now = serverTime();
	return now;
}

/** The server's time, new every second: for a countdown. */
export function useNowEverySecond(): Date {
	const [second, setSecond] = useState(serverTime);
	useEffect(() => {
		const renew = () => setSecond(serverTime());
		const stop = onServerTimeChange(renew);
		const everySecond = window.setInterval(renew, 1000);
		return () => {
			stop();
			window.clearInterval(everySecond);
		};
	}, []);
	return second;
}
