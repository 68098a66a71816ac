/** The script for a game's first start with Placelock. The command line and the dashboard show it. */

/** Where the game gets its token: from the script itself, or from the Roblox Secret of this name. */
export type TokenSource = { readonly token: string } | { readonly secret: string };

/** The script to paste into ServerScriptService. Needs only the model beside it. */
export function luauScript(url: string, source: TokenSource): string {
	const key = "token" in source ? luauString(source.token) : `{ secret = ${luauString(source.secret)} }`;
	return `local ServerScriptService = game:GetService("ServerScriptService")
local Placelock = require(ServerScriptService.Placelock)

local placelock = Placelock.connect({
	url = ${luauString(url)},
	key = ${key},
})

local result = placelock:verify()
if result.ok then
	print("workspace", result.value.workspace.name, "place", result.value.place.id)
else
	warn(result.error.kind, result.error.code, result.error.message)
end`;
}

/** The JSON escapes that a URL or a token can need, quotes and backslashes, are the same in Luau. */
function luauString(text: string): string {
	return JSON.stringify(text);
}

/** Whether only this computer can reach the URL: live game servers run on Roblox's machines. */
export function isLoopbackUrl(url: string): boolean {
	const { hostname } = new URL(url);
	return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
