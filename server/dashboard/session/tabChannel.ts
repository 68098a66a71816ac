/** What the tabs of one browser, which share its session, tell each other. */
type TabMessage = "signed in" | "signed out";

export interface TabChannel {
	tell(news: TabMessage): void;
	onMessage(listener: (news: TabMessage) => void): void;
}

/** @param basePath What the page's addresses begin with: another Placelock on the same host is not meant. */
export function openTabChannel(basePath: string): TabChannel {
	const channel = new BroadcastChannel(`placelock-session ${basePath}`);
	return {
		tell: (news) => channel.postMessage(news),
		onMessage: (listener) => channel.addEventListener("message", ({ data }) => listener(data)),
	};
}
