import { isLoopbackUrl, luauScript } from "@isomorphic/luauScript.js";
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

/** The name of the Roblox Secret in all instructions. */
export const secretName = "placelock";
export const scriptTitle = "Script in ServerScriptService";

/** The steps from a new token to the first request of a game, filled in. */
export function GameSteps({ issued }: { readonly issued: IssuedKey }) {
	const url = serverUrl();
	return (
		<ol className={classes.steps}>
			<li>
				<Step title="Get the module">
					<Text size="sm">
						In Studio, right-click ServerScriptService and choose <b>Insert from File</b>.
					</Text>
					<ModelDownload />
				</Step>
			</li>
			<li>
				<Step title="Allow HTTP requests">
					<Text size="sm">
						Turn on <b>Allow HTTP Requests</b> under File &gt; Experience Settings &gt; Security.
					</Text>
				</Step>
			</li>
			<li>
				<Step title="Add the script">
					<Tabs defaultValue="script" keepMounted={false}>
						<Tabs.List mb="sm">
							<Tabs.Tab value="script">Try it out</Tabs.Tab>
							<Tabs.Tab value="secret">Use a Roblox Secret</Tabs.Tab>
						</Tabs.List>
						<Tabs.Panel value="script">
							<Stack gap="sm">
								<Text size="sm">
									Add a Script with this code to ServerScriptService and press Play. The code contains your
									token, which anyone who can open the place file can read. Use a Secret before you publish.
								</Text>
								<CodeBlock title={scriptTitle} code={luauScript(url, { token: issued.token })} />
							</Stack>
						</Tabs.Panel>
						<Tabs.Panel value="secret">
							<Stack gap="sm">
								<List size="sm" type="ordered" spacing={4}>
									<List.Item>
										For live servers: in Creator Hub, open your experience, then <b>Secrets</b> &gt;{" "}
										<b>Create Secret</b>. Enter the name <Copied value={secretName} what="name" />, your token
										as the value, and the domain <Copied value={new URL(url).hostname} what="domain" />.
									</List.Item>
									<List.Item>
										For playtests in Studio: add a Local Secret with the same name under File &gt; Experience
										Settings &gt; Security &gt; <b>Secrets</b>.
									</List.Item>
									<List.Item>
										Add a Script with this code to ServerScriptService. Secret names are case-sensitive.
									</List.Item>
								</List>
								<CodeBlock title={scriptTitle} code={luauScript(url, { secret: secretName })} />
							</Stack>
						</Tabs.Panel>
					</Tabs>
					{isLoopbackUrl(url) && (
						<Alert
							color="yellow"
							icon={<IconAlertTriangle aria-hidden />}
							title="This address only works on this computer"
						>
							Studio on this computer can connect; live game servers cannot. Set <code>PUBLIC_URL</code> to an
							address that can be reached from the internet.
						</Alert>
					)}
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
