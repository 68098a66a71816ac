/**
 * The place ID in what somebody entered: the ID itself, or a link to the game
 * (roblox.com/games/123456/My-Game) or to the place in the Creator Hub. Anything
 * else is returned as it is, for validation to reject.
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
