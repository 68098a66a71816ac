import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { luauScript } from "@isomorphic/luauScript.js";
import { ActionIcon, Anchor, Group, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { generatePath, Link } from "react-router";
import { serverUrl } from "../../basePath.js";
import { useCanEdit, useWorkspace } from "../../session/useWorkspace.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { scriptTitle, secretName } from "../keys/GameSteps.js";
import { ModelDownload } from "../keys/ModelDownload.js";
import classes from "./Overview.module.css";

/** What has been done in a workspace. */
export interface Progress {
	readonly hasPlace: boolean;
	readonly hasKey: boolean;
	/** A request arrived, verified or denied: the module is in the game. */
	readonly hasRequest: boolean;
	readonly hasVerified: boolean;
}

export function isDone({ hasPlace, hasKey, hasRequest, hasVerified }: Progress): boolean {
	return hasPlace && hasKey && hasRequest && hasVerified;
}

interface ChecklistProps {
	readonly progress: Progress;
	/** Dismisses the list once all steps are done. */
	readonly close: () => void;
}

/**
 * The steps to the first verified request, each checked off as it is done. The page of
 * a new key has the same steps with its token filled in.
 */
export function Checklist({ progress, close }: ChecklistProps) {
	const { hasPlace, hasKey, hasRequest, hasVerified } = progress;
	const canEdit = useCanEdit();
	const done = isDone(progress);
	return (
		<section className={classes.panel} aria-label="First steps">
			<Group justify="space-between" wrap="nowrap">
				<Title order={2}>{done ? "All set: the first request was verified" : "First steps"}</Title>
				{done && (
					<ActionIcon onClick={close} aria-label="Dismiss">
						<IconX size={16} aria-hidden />
					</ActionIcon>
				)}
			</Group>
			{!canEdit && !done && (
				<Text size="sm" c="dimmed" mt={4}>
					Owners and admins complete these steps. You can follow their progress here.
				</Text>
			)}
			<ol className={classes.steps}>
				<Step done={hasPlace} title="Add your place">
					{canEdit && (
						<>
							<PageLink to="places">Add a place</PageLink> by its PlaceId or its link on roblox.com.
						</>
					)}
				</Step>
				<Step done={hasKey} title="Create a key">
					{canEdit && (
						<>
							<PageLink to="newKey">Create a game key</PageLink>. Its token is shown once, in a script ready
							to paste.
						</>
					)}
				</Step>
				<Step done={hasRequest} title="Add the module to your game">
					{canEdit && <ModuleStep />}
				</Step>
				<Step done={hasVerified} title="Verify the first request">
					{hasRequest && !hasVerified ? (
						<>
							A request arrived and was denied
							{canEdit ? (
								<>
									: <PageLink to="denials">see why and how to fix it</PageLink>.
								</>
							) : (
								"."
							)}
						</>
					) : (
						"Appears here seconds after a game server starts."
					)}
				</Step>
			</ol>
		</section>
	);
}

/** The same as on the page of a new key, for when that page has been left. */
function ModuleStep() {
	return (
		<Stack gap="xs">
			<div>
				Insert the module into ServerScriptService. Turn on <b>Allow HTTP Requests</b> under File &gt;
				Experience Settings &gt; Security. Store the key's token as a Secret named <code>{secretName}</code>.
				Then add this Script beside the module and start the game.
			</div>
			<ModelDownload />
			<CodeBlock title={scriptTitle} code={luauScript(serverUrl(), { secret: secretName })} />
		</Stack>
	);
}

function PageLink({
	to,
	children,
}: {
	readonly to: "newKey" | "places" | "denials";
	readonly children: string;
}) {
	const { id: workspaceId } = useWorkspace();
	return (
		<Anchor
			component={Link}
			to={generatePath(dashboardPaths[to], { workspaceId })}
			fz="inherit"
			underline="always"
		>
			{children}
		</Anchor>
	);
}

interface StepProps {
	readonly done: boolean;
	readonly title: string;
	readonly children: ReactNode;
}

function Step({ done, title, children }: StepProps) {
	const IconComponent = done ? IconCircleCheckFilled : IconCircle;
	return (
		<li data-done={done || undefined}>
			<IconComponent size={20} aria-hidden />
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
