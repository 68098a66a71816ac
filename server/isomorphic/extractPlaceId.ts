/**
 * The place id in what somebody gave for a place: the id itself, or a link to the
 * game (roblox.com/games/123456/My-Game) or to the place's page in the Creator
 * Hub. Anything else is returned as it is, for the shape to refuse. The page in
 * the browser uses it too, so nothing of node is imported here.
 */
export function extractPlaceId(given: string | undefined): string | undefined {
	const text = given?.trim();
	if (text === undefined || /^\d+$/.test(text)) return text;
	const link = /^https?:\/\//i.test(text) ? text : `https://${text}`;
	const url = URL.canParse(link) ? new URL(link) : undefined;
	if (url === undefined || !/(^|\.)roblox\.com$/.test(url.hostname)) return text;
	return (
		/\/(?:games|places)\/(\d+)(?:\/|$)/.exec(url.pathname)?.[1] ?? url.searchParams.get("placeId") ?? text
	);
}
