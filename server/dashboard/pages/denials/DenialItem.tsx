import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Badge, Box, Group, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { generatePath, Link } from "react-router";
import { useWorkspace } from "../../session/useWorkspace.js";
import { InView } from "../../ui/InView.js";
import { Time } from "../../ui/Time.js";
import classes from "./Denials.module.css";
import { type Denial, denialTitle, deniedKeyName } from "./denial.js";
import { FixButton, FixSkeleton } from "./FixButton.js";

const proofLabels: { readonly [proof: string]: string | undefined } = {
	claimed: "claimed",
	header: "verified by Roblox header",
	network: "verified by Roblox header and network",
};

/** A group of identical denied requests: reason, key, place, address, and the fix. */
export function DenialItem({ denial }: { readonly denial: Denial }) {
	const { id: workspaceId } = useWorkspace();
	const { code, detail, keyId, placeId, proof, address, count, firstAt, lastAt } = denial;
	return (
		<li className={classes.denial}>
			<Box>
				<Group gap={8} align="baseline">
					<Text size="sm" fw={600}>
						{denialTitle(code)}
					</Text>
					<Badge color="gray">
						<code>{code}</code>
					</Badge>
				</Group>
				{detail !== undefined && (
					<Text size="sm" c="dimmed" mt={2}>
						{detail}
					</Text>
				)}
				<dl className={classes.details}>
					<Description title="Key">
						<Anchor
							component={Link}
							to={generatePath(dashboardPaths.key, { workspaceId, keyId })}
							fz="inherit"
						>
							{deniedKeyName(denial)}
						</Anchor>
					</Description>
					{placeId !== undefined && (
						<Description title="Place">
							<Anchor
								href={`https://www.roblox.com/games/${placeId}`}
								underline="always"
								target="_blank"
								rel="noreferrer"
								fz="inherit"
							>
								{placeId} <IconExternalLink size={11} aria-label="on roblox.com" />
							</Anchor>
							{proof !== undefined && <span> ({proofLabels[proof] ?? proof})</span>}
						</Description>
					)}
					<Description title="IP address">{address === "" ? "unknown" : address}</Description>
					<Description title="Last seen">
						<Time at={lastAt} />
					</Description>
					{count > 1 && (
						<Description title="Requests">
							<span>
								{count.toLocaleString("en")} since <Time at={firstAt} format="clock" />
							</span>
						</Description>
					)}
				</dl>
			</Box>
			<Box>
				{/* The fix depends on the key, and a thousand denials can have as many keys. */}
				<InView placeholder={<FixSkeleton />}>
					<FixButton denial={denial} />
				</InView>
			</Box>
		</li>
	);
}

function Description({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt>{title}</dt>
			<dd>{children}</dd>
		</div>
	);
}
