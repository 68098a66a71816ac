import { ActionIcon, Anchor, Group, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { generatePath, Link } from "react-router";
import { dashboardPaths } from "../../../dashboardPaths.js";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { where } from "../../where.js";
import classes from "./Overview.module.css";

/** How far a workspace has come. */
export interface Progress {
	readonly hasPlace: boolean;
	readonly hasKey: boolean;
	/** A call came, verified or refused: the module is in the game. */
	readonly hasCall: boolean;
	readonly hasVerified: boolean;
}

export function isDone({ hasPlace, hasKey, hasCall, hasVerified }: Progress): boolean {
	return hasPlace && hasKey && hasCall && hasVerified;
}

interface ChecklistProps {
	readonly progress: Progress;
	/** Puts it away, once all is done. */
	readonly close: () => void;
}

/** From nothing to the first verified call: each step ticks itself off. */
export function Checklist({ progress, close }: ChecklistProps) {
	const { id: workspaceId } = useWorkspace();
	const { hasPlace, hasKey, hasCall, hasVerified } = progress;
	const link = (to: "keys" | "places" | "refusals", text: string) => (
		<Anchor
			component={Link}
			to={generatePath(dashboardPaths[to], { workspaceId })}
			fz="inherit"
			underline="always"
		>
			{text}
		</Anchor>
	);
	const done = isDone(progress);
	return (
		<section className={classes.panel} aria-label="First steps">
			<Group justify="space-between" wrap="nowrap">
				<Title order={2}>{done ? "All set: the first call was verified" : "First steps"}</Title>
				{done && (
					<ActionIcon onClick={close} aria-label="Put the first steps away">
						<IconX size={16} aria-hidden />
					</ActionIcon>
				)}
			</Group>
			<ol className={classes.steps}>
				<Step done={hasPlace} title="Allow your place">
					{link("places", "Add a place")} by its PlaceId or by pasting its link from roblox.com.
				</Step>
				<Step done={hasKey} title="Create a key">
					{link("keys", "Create a game key")}, and keep its token in your experience's Secrets store.
				</Step>
				<Step done={hasCall} title="Put the module into your game">
					Build <code>Placelock.rbxm</code> with <code>npm run build:roblox</code>, insert it into
					ServerScriptService, allow HTTP requests in the experience's settings, add this Script beside it,
					and start the game.
					{!hasCall && (
						<div className={classes.script}>
							<CodeBlock title="Script in ServerScriptService" code={script()} />
						</div>
					)}
				</Step>
				<Step done={hasVerified} title="See the first call verified">
					{hasCall && !hasVerified ? (
						<>A call came and was refused: {link("refusals", "see why, and what fixes it")}.</>
					) : (
						"It appears here within seconds after a game server started."
					)}
				</Step>
			</ol>
		</section>
	);
}

interface StepProps {
	readonly done: boolean;
	readonly title: string;
	readonly children: ReactNode;
}

function Step({ done, title, children }: StepProps) {
	const Sign = done ? IconCircleCheckFilled : IconCircle;
	return (
		<li data-done={done || undefined}>
			<Sign size={20} aria-hidden />
			<div className={classes.step}>
				<Text size="sm" fw={600}>
					{title}
					<VisuallyHidden>{done ? " (done)" : " (to do)"}</VisuallyHidden>
				</Text>
				{!done && (
					<Text size="sm" c="dimmed" component="div">
						{children}
					</Text>
				)}
			</div>
		</li>
	);
}

function script(): string {
	const url = window.location.origin + where;
	return `local ServerScriptService = game:GetService("ServerScriptService")
local Placelock = require(ServerScriptService.Placelock)

local placelock = Placelock.connect({
	url = "${url}",
	key = { secret = "placelock" }, -- the Secret's name
})

local result = placelock:verify()
if result.ok then
	print("verified in", result.value.place.id)
else
	warn(result.error.code, result.error.message)
end`;
}
