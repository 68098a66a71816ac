import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Badge, Box, Group, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { generatePath, Link } from "react-router";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { Time } from "../../ui/Time.js";
import { WhenSeen } from "../../ui/WhenSeen.js";
import { FixButton, FixSkeleton } from "./FixButton.js";
import classes from "./Refusals.module.css";
import { type Refusal, refusalTitle, refusedKey } from "./refusal.js";

const proofWords: { readonly [proof: string]: string | undefined } = {
	claimed: "as the caller claims",
	header: "by Roblox's header",
	network: "by Roblox's header and network",
};

/** Calls that were refused alike: what, when, whose, from where, and what fixes it. */
export function RefusalItem({ refusal }: { readonly refusal: Refusal }) {
	const { id: workspaceId } = useWorkspace();
	const { code, detail, keyId, placeId, proof, address, count, firstAt, lastAt } = refusal;
	return (
		<li className={classes.refusal}>
			<Box>
				<Group gap={8} align="baseline">
					<Text size="sm" fw={600}>
						{refusalTitle(code)}
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
				<dl className={classes.facts}>
					<Fact title="Key">
						<Anchor
							component={Link}
							to={generatePath(dashboardPaths.key, { workspaceId, keyId })}
							fz="inherit"
						>
							{refusedKey(refusal)}
						</Anchor>
					</Fact>
					{placeId !== undefined && (
						<Fact title="Place">
							<Anchor
								href={`https://www.roblox.com/games/${placeId}`}
								target="_blank"
								rel="noreferrer"
								fz="inherit"
							>
								{placeId} <IconExternalLink size={11} aria-label="on roblox.com" />
							</Anchor>
							{proof !== undefined && <span>, {proofWords[proof] ?? proof}</span>}
						</Fact>
					)}
					<Fact title="Address">{address === "" ? "unknown" : address}</Fact>
					<Fact title="Last">
						<Time at={lastAt} />
					</Fact>
					{count > 1 && (
						<Fact title="Calls">
							<span>
								{count.toLocaleString("en")}, the first <Time at={firstAt} />
							</span>
						</Fact>
					)}
				</dl>
			</Box>
			<Box>
				{/* It depends on the key as it is now, and a thousand refusals can be of as many keys. */}
				<WhenSeen before={<FixSkeleton />}>
					<FixButton refusal={refusal} />
				</WhenSeen>
			</Box>
		</li>
	);
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt>{title}</dt>
			<dd>{children}</dd>
		</div>
	);
}
