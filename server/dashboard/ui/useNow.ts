import { useEffect, useState, useSyncExternalStore } from "react";
import { onServerTimeChange, serverTime } from "../serverTime.js";

const tickMs = 15_000;
const listeners = new Set<() => void>();
let now = serverTime();
let timer: number | undefined;

function notifyAll(): void {
	now = serverTime();
	for (const listener of listeners) listener();
}
onServerTimeChange(notifyAll);

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	timer ??= window.setInterval(notifyAll, tickMs);
	return () => {
		listeners.delete(listener);
		if (listeners.size > 0) return;
		window.clearInterval(timer);
		timer = undefined;
	};
}

/** The server's time, updated every 15 seconds, the same for all components. */
export function useNow(): Date {
	return useSyncExternalStore(subscribe, () => (timer === undefined ? fresh() : now));
}

/** Refreshes a value nobody subscribed to. Stable within one rendering, which would otherwise never end. */
function fresh(): Date {
	if (serverTime().getTime() - now.getTime() > tickMs) now = serverTime();
	return now;
}

/** The server's time, updated every second, for countdowns. */
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
