import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Badge } from "@mantine/core";
import type { EndpointOutput } from "@shared/endpoint.js";
import { ready } from "@shared/endpoints/health.js";
import { listKeys } from "@shared/endpoints/keys.js";
import type { listPlaces } from "@shared/endpoints/places.js";
import { getWorkspace } from "@shared/endpoints/workspaces.js";
import { generatePath, Link } from "react-router";
import type { RecordOf } from "../../api/useEndpointPages.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { Time } from "../../ui/Time.js";
import classes from "./Overview.module.css";

const refetchEveryMs = 5_000;

interface LiveStatusProps {
	readonly places: readonly RecordOf<typeof listPlaces>[] | undefined;
	readonly lastCallAt: string | undefined;
	/** Whether `lastCallAt` has been loaded. */
	readonly known: boolean;
}

/** Whether the server is up, and what the workspace has to work with. */
export function LiveStatus({ places, lastCallAt, known }: LiveStatusProps) {
	const { id: workspaceId, status } = useWorkspace();
	const server = useEndpointQuery(ready, {}, { refetchEveryMs });
	// Shares this request with `WorkspaceFrame`, which then notices a suspension soon.
	useEndpointQuery(getWorkspace, { params: { workspaceId } }, { refetchEveryMs });
	const keys = useEndpointQuery(
		listKeys,
		{ params: { workspaceId }, query: { status: "active", limit: 100 } },
		{ refetchEveryMs: 4 * refetchEveryMs },
	);
	const active = places?.filter((place) => place.status === "active").length;
	const link = (to: "keys" | "places") => generatePath(dashboardPaths[to], { workspaceId });
	return (
		<section className={classes.status} aria-label="Live status">
			<span role="status">
				<ServerState isReady={server.data !== undefined} problem={server.error?.code} />
			</span>
			{status === "suspended" && (
				<Badge color="red" size="lg">
					Suspended: all requests are denied
				</Badge>
			)}
			{known && (
				<span>
					{lastCallAt === undefined ? (
						"No recent requests"
					) : (
						<>
							Last request <Time at={lastCallAt} />
						</>
					)}
				</span>
			)}
			{keys.data !== undefined && (
				<Anchor component={Link} to={link("keys")} fz="inherit">
					{keyCountLabel(keys.data)}
				</Anchor>
			)}
			{places !== undefined && active !== undefined && (
				<Anchor component={Link} to={link("places")} fz="inherit">
					{countLabel(active, "active place")}
					{places.length > active && `, ${places.length - active} inactive`}
				</Anchor>
			)}
		</section>
	);
}

function ServerState({
	isReady,
	problem,
}: {
	readonly isReady: boolean;
	readonly problem: string | undefined;
}) {
	if (problem === undefined) {
		return (
			<>
				<span className={classes.light} data-state={isReady ? "good" : undefined} />
				{isReady ? "Server ready" : "Connecting…"}
			</>
		);
	}
	return (
		<>
			<span className={classes.light} data-state="bad" />
			<strong>{problem === "unavailable" ? "Server not ready" : "Server unreachable"}</strong>
		</>
	);
}

/** The API counts idle keys as active, but denies their requests. */
function keyCountLabel({ data, nextCursor }: EndpointOutput<typeof listKeys>): string {
	if (nextCursor !== undefined) return `${data.length}+ active or idle keys`;
	const idle = data.filter(({ status }) => status === "idle").length;
	return countLabel(data.length - idle, "active key") + (idle === 0 ? "" : `, ${idle} idle`);
}

function countLabel(count: number, thing: string): string {
	return `${count === 0 ? "No" : count} ${thing}${count === 1 ? "" : "s"}`;
}
