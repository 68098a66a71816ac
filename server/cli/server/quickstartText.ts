import { isLoopbackUrl, luauScript } from "../../isomorphic/luauScript.js";
import { colour } from "../support/colour.js";

/** What quickstart created. `--json` prints exactly this. */
export interface Quickstart {
	readonly workspaceId: string;
	readonly placeId: string;
	readonly keyId: string;
	readonly token: string;
}

/**
 * What quickstart prints: the records it created, the token, and the steps in Roblox Studio.
 *
 * See docs/decisions/0010-quickstart-grants-no-scopes.md
 */
export function quickstartText(
	{ workspaceId, placeId, keyId, token }: Quickstart,
	url: string,
	data: string,
): string {
	return `${colour("green", "Created")} a workspace, a place and a game key:

  workspace  ${workspaceId}
  place      ${placeId} (active)
  key        ${keyId} (no scopes: can only verify)

${data}

Token (shown only once):

  ${colour("bold", token)}

In Roblox Studio, in place ${placeId}:

  1. Build the model with ${colour("bold", "npm run build:roblox")}. Right-click ServerScriptService, choose
     Insert from File, and select dist/roblox/Placelock.rbxm.
  2. Turn on Allow HTTP Requests under File > Experience Settings > Security.
  3. Add a Script to ServerScriptService, paste this, and press Play:

${luauScript(url, { token })}

Once it works, move the token from the script to a Secret: see docs/sdk.md, The key.${reachNote(url)}`;
}

function reachNote(url: string): string {
	return isLoopbackUrl(url)
		? `\nThe server at ${url} is only reachable from this computer: Studio here can
connect, live game servers cannot. For live games, set PUBLIC_URL to a public address.`
		: "";
}
