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
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { Time } from "../../ui/Time.js";
import classes from "./Overview.module.css";

const refetchEveryMs = 5_000;

interface LiveStatusProps {
	readonly places: readonly RecordOf<typeof listPlaces>[] | undefined;
	readonly lastCallAt: string | undefined;
	/** Whether it is known yet when the last call was. */
	readonly known: boolean;
}

/** Whether it works at this moment, and what there is to work with. */
export function LiveStatus({ places, lastCallAt, known }: LiveStatusProps) {
	const { id: workspaceId, status } = useWorkspace();
	const server = useEndpointQuery(ready, {}, { refetchEveryMs });
	// The frame around the page shows the same answer: it then says at once that the workspace was suspended.
	useEndpointQuery(getWorkspace, { params: { workspaceId } }, { refetchEveryMs });
	const keys = useEndpointQuery(
		listKeys,
		{ params: { workspaceId }, query: { state: "active", limit: 100 } },
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
					Suspended: every call is refused
				</Badge>
			)}
			{known && (
				<span>
					{lastCallAt === undefined ? (
						"No call yet"
					) : (
						<>
							Last call <Time at={lastCallAt} />
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
					{many(active, "active place")}
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
				{isReady ? "Server ready" : "Asking the server…"}
			</>
		);
	}
	return (
		<>
			<span className={classes.light} data-state="bad" />
			<strong>{problem === "unavailable" ? "Server up, but not ready" : "Server cannot be reached"}</strong>
		</>
	);
}

/** The API counts idle keys among the active ones; but their calls are refused. */
function keyCountLabel({ data, nextCursor }: EndpointOutput<typeof listKeys>): string {
	if (nextCursor !== undefined) return `More than ${data.length} keys that are active or idle`;
	const idle = data.filter(({ state }) => state === "idle").length;
	return many(data.length - idle, "active key") + (idle === 0 ? "" : `, ${idle} idle`);
}

function many(count: number, thing: string): string {
	return `${count === 0 ? "No" : count} ${thing}${count === 1 ? "" : "s"}`;
}
