/** Messages between the tabs of a browser, which share its session. */
type TabMessage = "signed in" | "signed out";

interface TabChannel {
	post(message: TabMessage): void;
	onMessage(listener: (message: TabMessage) => void): void;
}

/** @param basePath The page's base path: another Placelock on the same host has its own channel. */
export function openTabChannel(basePath: string): TabChannel {
	const channel = new BroadcastChannel(`placelock-session ${basePath}`);
	return {
		post: (message) => channel.postMessage(message),
		onMessage: (listener) => channel.addEventListener("message", ({ data }) => listener(data)),
	};
}
