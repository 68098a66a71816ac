/**
 * The script that a newcomer puts into a game. The command line and the page in
 * the browser both show it, so nothing of node is imported here.
 */

/** Where a game has its token from: written in the script, or from a Roblox Secret of this name. */
export type TokenSource = { readonly token: string } | { readonly secret: string };

/** The script to paste into ServerScriptService. Needs nothing but the model beside it. */
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

/** JSON's escapes that a URL or a token can need, quotes and backslashes, are Luau's too. */
function luauString(text: string): string {
	return JSON.stringify(text);
}

/** A live game server runs on Roblox's machines: this computer's own address means nothing there. */
export function isLoopbackUrl(url: string): boolean {
	const { hostname } = new URL(url);
	return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
