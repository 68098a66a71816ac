import { SegmentedControl, Skeleton, Text, VisuallyHidden } from "@mantine/core";
import { activitySpans, getActivity } from "@shared/endpoints/activity.js";
import { listKeys } from "@shared/endpoints/keys.js";
import { listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import { IconChartBar } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useAllRecords } from "../../api/useAllRecords.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Page } from "../../ui/Page.js";
import { spanLabels } from "./activity.js";
import { Charts } from "./Charts.js";
import { Checklist, isDone, type Progress } from "./Checklist.js";
import { LatestDenials } from "./LatestDenials.js";
import { LiveStatus } from "./LiveStatus.js";
import { Numbers } from "./Numbers.js";
import classes from "./Overview.module.css";

/** The server flushes its counts every 5 seconds, so polling faster shows nothing new. */
const refetchEveryMs = 5_000;

export function OverviewPage() {
	const { id: workspaceId, name } = useWorkspace();
	const [search, setSearch] = useSearchParams();
	const span = activitySpans.find((one) => one === search.get("span")) ?? "day";
	const params = { workspaceId };
	const { data, error, refetch } = useEndpointQuery(
		getActivity,
		{ params, query: { span } },
		{ refetchEveryMs, keepPrevious: true },
	);
	const places = useAllRecords(listPlaces, { params }, { refetchEveryMs: 4 * refetchEveryMs });
	const choose = (chosen: string) => setSearch(chosen === "day" ? {} : { span: chosen }, { replace: true });
	return (
		<Page
			title="Overview"
			description={`Activity in ${name}, updated live.`}
			actions={
				<SegmentedControl
					aria-label="Time range"
					size="xs"
					data={activitySpans.map((value) => ({ value, label: spanLabels[value].label }))}
					value={span}
					onChange={choose}
				/>
			}
		>
			<LiveStatus places={places.data} lastCallAt={data?.lastCallAt} known={data !== undefined} />
			<FirstSteps lastCallAt={data?.lastCallAt} />
			{data === undefined && error === null && <LoadingCharts />}
			{data === undefined && error !== null && <ErrorState problem={error} tryAgain={refetch} />}
			{data !== undefined && error !== null && (
				<Text size="sm" c="red" role="status">
					{error.details.title}. The numbers below may be out of date.
				</Text>
			)}
			{data !== undefined && data.lastCallAt === undefined && (
				<EmptyState icon={IconChartBar} title={`No requests in the last ${limits.usageDays} days`}>
					Requests appear here within seconds, with how many were denied and how long they took.
				</EmptyState>
			)}
			{data?.lastCallAt !== undefined && (
				<>
					<Numbers activity={data} />
					<Charts activity={data} />
				</>
			)}
			{data?.lastCallAt !== undefined && <LatestDenials refetchEveryMs={refetchEveryMs} />}
		</Page>
	);
}

function LoadingCharts() {
	return (
		<div role="status" aria-busy>
			<VisuallyHidden>Loading</VisuallyHidden>
			<Skeleton height={80} mb="sm" />
			<div className={classes.charts}>
				<Skeleton height={270} />
				<Skeleton height={270} />
			</div>
		</div>
	);
}

/** The checklist, until all steps are done; whoever watches also sees the last one checked off. */
function FirstSteps({ lastCallAt }: { readonly lastCallAt: string | undefined }) {
	const { id: workspaceId } = useWorkspace();
	const [wasOpened, setWasOpened] = useState(false);
	const [closed, setClosed] = useState(false);
	const params = { workspaceId };
	// While it is open, the next step is awaited.
	const rules = { refetchEveryMs: wasOpened ? refetchEveryMs : undefined };
	const places = useAllRecords(listPlaces, { params }, rules);
	const keys = useEndpointQuery(listKeys, { params, query: { kind: "game", limit: 100 } }, rules);
	const month = useEndpointQuery(getActivity, { params, query: { span: "month" } }, rules);
	if (places.data === undefined || keys.data === undefined || month.data === undefined || closed) return null;
	const { data: records } = keys.data;
	const hasVerified =
		month.data.total.verified > 0 || records.some(({ lastUsedAt }) => lastUsedAt !== undefined);
	const progress: Progress = {
		hasPlace: places.data.length > 0,
		hasKey: records.some(({ status }) => status !== "revoked"),
		hasRequest: hasVerified || lastCallAt !== undefined,
		hasVerified,
	};
	// A workspace with verified requests is past the first steps, whatever was removed since.
	if (hasVerified && !wasOpened) return null;
	if (!isDone(progress) && !wasOpened) setWasOpened(true);
	return <Checklist progress={progress} close={() => setClosed(true)} />;
}
