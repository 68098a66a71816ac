import { Tooltip } from "@mantine/core";
import { type Activity, count, duration, spanLabels } from "./activity.js";
import classes from "./Overview.module.css";

/** The totals of a time range. */
export function Numbers({ activity: { span, total } }: { readonly activity: Activity }) {
	const requests = total.verified + total.denied;
	const share = requests === 0 ? undefined : total.denied / requests;
	const { latency } = total;
	return (
		<dl
			className={classes.numbers}
			aria-label={`Requests in ${spanLabels[span as keyof typeof spanLabels].range}`}
		>
			<div className={classes.number}>
				<dt>Requests verified</dt>
				<dd>{count(total.verified)}</dd>
			</div>
			<div className={classes.number}>
				<dt>Requests denied</dt>
				<dd>
					{count(total.denied)}
					{share !== undefined && <small>{percent(share)} of all</small>}
				</dd>
			</div>
			<Latency percentile="p50" ms={latency?.p50Ms} meaning="Half of all requests took at most this long." />
			<Latency percentile="p95" ms={latency?.p95Ms} meaning="95% of all requests took at most this long." />
		</dl>
	);
}

interface LatencyProps {
	readonly percentile: string;
	readonly ms: number | undefined;
	readonly meaning: string;
}

function Latency({ percentile, ms, meaning }: LatencyProps) {
	return (
		<div className={classes.number}>
			<dt>
				<Tooltip label={meaning} events={{ hover: true, focus: true, touch: true }}>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable by keyboard */}
					<span tabIndex={0}>{percentile} latency</span>
				</Tooltip>
			</dt>
			<dd>{ms === undefined ? "–" : duration(ms)}</dd>
		</div>
	);
}

const percents = new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: 2 });

/** Never "0%" of something, nor "100%" of less than all. */
function percent(share: number): string {
	if (share > 0 && share < 0.001) return "less than 0.1%";
	if (share < 1 && share > 0.995) return "more than 99%";
	return percents.format(share);
}
