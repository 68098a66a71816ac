import { isThisComputer, luauScript } from "@isomorphic/luauScript.js";
import { Alert, List, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { serverUrl } from "../../basePath.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { FirstRequest } from "./FirstRequest.js";
import type { IssuedKey } from "./key.js";
import { ModelDownload } from "./ModelDownload.js";
import classes from "./Steps.module.css";

/** What the key's Secret is called in all that is shown. */
export const secretName = "placelock";
export const scriptTitle = "Script in ServerScriptService";

/** From a new token to the first call of a game: what to do in Studio, filled in. */
export function GameSteps({ issued }: { readonly issued: IssuedKey }) {
	const url = serverUrl();
	return (
		<ol className={classes.steps}>
			<li>
				<Step title="Get the module">
					<Text size="sm">
						Put it into ServerScriptService: right-click ServerScriptService in Studio,{" "}
						<b>Insert from File</b>.
					</Text>
					<ModelDownload />
				</Step>
			</li>
			<li>
				<Step title="Let the game send requests">
					<Text size="sm">
						Turn on <b>Allow HTTP Requests</b>: File, Experience Settings, Security.
					</Text>
				</Step>
			</li>
			<li>
				<Step title="Add the script">
					<Tabs defaultValue="script" keepMounted={false}>
						<Tabs.List mb="sm">
							<Tabs.Tab value="script">Try it out</Tabs.Tab>
							<Tabs.Tab value="secret">With a Roblox Secret</Tabs.Tab>
						</Tabs.List>
						<Tabs.Panel value="script">
							<Stack gap="sm">
								<Text size="sm">
									Add a Script to ServerScriptService with this in it, and press Play. The token is in it:
									anyone who can read the place file can read it, so move to a Secret before you publish.
								</Text>
								<CodeBlock title={scriptTitle} code={luauScript(url, { token: issued.token })} />
							</Stack>
						</Tabs.Panel>
						<Tabs.Panel value="secret">
							<Stack gap="sm">
								<List size="sm" type="ordered" spacing={4}>
									<List.Item>
										For live servers: Creator Hub, the experience, <b>Secrets</b>, <b>Create Secret</b>. Name{" "}
										<Copied value={secretName} what="the name" />, the token as its value, and the domain{" "}
										<Copied value={new URL(url).hostname} what="the domain" />.
									</List.Item>
									<List.Item>
										For playtests in Studio: File, Experience Settings, Security, <b>Secrets</b> (a Local
										Secret), with the same name.
									</List.Item>
									<List.Item>
										Add a Script to ServerScriptService with this in it. Names are case-sensitive.
									</List.Item>
								</List>
								<CodeBlock title={scriptTitle} code={luauScript(url, { secret: secretName })} />
							</Stack>
						</Tabs.Panel>
					</Tabs>
					{isThisComputer(url) && (
						<Alert
							color="yellow"
							icon={<IconAlertTriangle aria-hidden />}
							title="This address is this computer"
						>
							Studio on it reaches the server, live game servers do not. For them, set <code>PUBLIC_URL</code>{" "}
							to an address that the internet reaches.
						</Alert>
					)}
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

interface StepProps {
	readonly title: string;
	readonly children: ReactNode;
}

export function Step({ title, children }: StepProps) {
	return (
		<Stack gap="sm">
			<Title order={2}>{title}</Title>
			{children}
		</Stack>
	);
}

function Copied({ value, what }: { readonly value: string; readonly what: string }) {
	return (
		<>
			<code>{value}</code> <CopyButton value={value} label={`Copy ${what}`} small />
		</>
	);
}
