import { Alert, Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getKey } from "@shared/endpoints/keys.js";
import { everyScope } from "@shared/scopes.js";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { serverUrl } from "../../basePath.js";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { EditKey } from "./EditKey.js";
import { FirstRequest } from "./FirstRequest.js";
import { Step } from "./GameSteps.js";
import type { IssuedKey, Key } from "./key.js";
import classes from "./Steps.module.css";

/** From a new token to the first call of another backend. */
export function ServiceSteps({ issued }: { readonly issued: IssuedKey }) {
	// Its scopes can be changed here, with the token still in sight.
	const { data: key = issued } = useEndpointQuery(getKey, { params: { keyId: issued.id } });
	const canIntrospect = key.scopes.some((scope) => scope === everyScope || scope === "keys.introspect");
	if (!canIntrospect) return <MissingIntrospectScope record={key} />;
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
					<FirstRequest issued={issued} />
				</Step>
			</li>
		</ol>
	);
}

/** What a service key is mostly made for takes a scope, and nothing is granted unasked. */
function MissingIntrospectScope({ record: key }: { readonly record: Key }) {
	const { id: workspaceId } = useWorkspace();
	const [editing, dialog] = useDisclosure(false);
	const bare = key.scopes.length === 0;
	return (
		<Alert
			color="yellow"
			icon={<IconAlertTriangle aria-hidden />}
			title={bare ? "This key can do nothing yet" : "This key cannot ask about tokens"}
		>
			<Stack gap="sm" align="flex-start">
				<Text size="sm">
					{bare && "It has no scopes. "}To ask whether a game's token is good it needs the scope{" "}
					<code>keys.introspect</code>. The token stays the same.
				</Text>
				<Button variant="default" size="xs" onClick={dialog.open}>
					Give it scopes
				</Button>
			</Stack>
			<EditKey workspaceId={workspaceId} record={key} opened={editing} close={dialog.close} />
		</Alert>
	);
}
