import { Text } from "@mantine/core";
import { everyScope } from "../../../../shared/scopes.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { serverUrl } from "../../where.js";
import { FirstCall } from "./FirstCall.js";
import { Step } from "./GameSteps.js";
import type { IssuedKey } from "./key.js";
import classes from "./Steps.module.css";

/** From a new token to the first call of another backend. */
export function ServiceSteps({ issued }: { readonly issued: IssuedKey }) {
	const mayAsk = issued.scopes.some((scope) => scope === everyScope || scope === "keys.introspect");
	if (!mayAsk) return null;
	return (
		<ol className={classes.steps}>
			<li>
				<Step title="Ask about a token">
					<Text size="sm">
						With the token of a game that called your backend, and the Roblox-Id header of its call as{" "}
						<code>placeId</code>. The answer says whether it is good, and for whom.
					</Text>
					<CodeBlock
						title="In a terminal"
						code={`curl ${serverUrl()}/v1/keys/introspect \\
  -H "Authorization: Bearer ${issued.token}" \\
  -H "Content-Type: application/json" \\
  -d '{"token": "plk_game_…", "placeId": "123456"}'`}
					/>
				</Step>
			</li>
			<li>
				<Step title="See it arrive">
					<FirstCall issued={issued} />
				</Step>
			</li>
		</ol>
	);
}
