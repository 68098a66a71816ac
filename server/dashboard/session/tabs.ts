/** What the tabs of one browser, which share its session, tell each other. */
type News = "signed in" | "signed out";

export interface Tabs {
	tell(news: News): void;
	onNews(listener: (news: News) => void): void;
}

/** @param where What the page's addresses begin with: another Placelock on the same host is not meant. */
export function openTabs(where: string): Tabs {
	const channel = new BroadcastChannel(`placelock-session ${where}`);
	return {
		tell: (news) => channel.postMessage(news),
		onNews: (listener) => channel.addEventListener("message", ({ data }) => listener(data)),
	};
}
