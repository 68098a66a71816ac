import { isLoopbackUrl, luauScript } from "../../isomorphic/luauScript.js";
import { colour } from "../support/colour.js";

/** What quickstart made; `--json` prints exactly this. */
export interface Quickstart {
	readonly workspaceId: string;
	readonly placeId: string;
	readonly keyId: string;
	readonly token: string;
}

/** What a newcomer reads after quickstart: what was made, the token, and what to do in Roblox Studio. */
export function quickstartText(
	{ workspaceId, placeId, keyId, token }: Quickstart,
	url: string,
	data: string,
): string {
	return `${colour("green", "Made")} a workspace, a place and a game key:

  workspace  ${workspaceId}
  place      ${placeId} (active)
  key        ${keyId} (no scopes: it can verify, and nothing else)

${data}

The token, shown this once:

  ${colour("bold", token)}

In Roblox Studio, in place ${placeId}:

  1. Make the model with ${colour("bold", "npm run build:roblox")}, and put dist/roblox/Placelock.rbxm into
     ServerScriptService (right-click it, Insert from File).
  2. Turn on Allow HTTP Requests: File, Experience Settings, Security.
  3. Add a Script to ServerScriptService with this in it, and press Play:

${luauScript(url, { token })}

Once it works, keep the token in a Secret instead of in the script: docs/sdk.md, The key.${reachNote(url)}`;
}

function reachNote(url: string): string {
	return isLoopbackUrl(url)
		? `\n${url} is this computer: Studio on it reaches the server, live game servers do not.
For them, set PUBLIC_URL to an address that the internet reaches.`
		: "";
}
