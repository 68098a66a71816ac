import { Alert, Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getKey } from "@shared/endpoints/keys.js";
import { wildcardScope } from "@shared/scopes.js";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { serverUrl } from "../../basePath.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { EditKey } from "./EditKey.js";
import { FirstRequest } from "./FirstRequest.js";
import { Step } from "./GameSteps.js";
import type { IssuedKey, Key } from "./key.js";
import classes from "./Steps.module.css";

/** The steps from a new token to the first request of a backend. */
export function ServiceSteps({ issued }: { readonly issued: IssuedKey }) {
	// Its scopes can be edited here, with the token still shown.
	const { data: key = issued } = useEndpointQuery(getKey, { params: { keyId: issued.id } });
	const canIntrospect = key.scopes.some((scope) => scope === wildcardScope || scope === "keys.introspect");
	if (!canIntrospect) return <MissingIntrospectScope record={key} />;
	return (
		<ol className={classes.steps}>
			<li>
				<Step title="Check a token">
					<Text size="sm">
						Send the token that a game sent to your backend, and the Roblox-Id header of its request as{" "}
						<code>placeId</code>. The response says whether the token is valid, and what it allows.
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
				<Step title="Wait for the first request">
					<FirstRequest issued={issued} />
				</Step>
			</li>
		</ol>
	);
}

/** The scope most service keys need must be granted explicitly. */
function MissingIntrospectScope({ record: key }: { readonly record: Key }) {
	const { id: workspaceId } = useWorkspace();
	const [editing, dialog] = useDisclosure(false);
	const bare = key.scopes.length === 0;
	return (
		<Alert
			color="yellow"
			icon={<IconAlertTriangle aria-hidden />}
			title={bare ? "This key can do nothing yet" : "This key cannot check tokens"}
		>
			<Stack gap="sm" align="flex-start">
				<Text size="sm">
					{bare && "It has no scopes. "}To check a game's token it needs the scope{" "}
					<code>keys.introspect</code>. Adding it does not change the key's own token.
				</Text>
				<Button variant="default" size="xs" onClick={dialog.open}>
					Add scopes
				</Button>
			</Stack>
			<EditKey workspaceId={workspaceId} record={key} opened={editing} close={dialog.close} />
		</Alert>
	);
}
