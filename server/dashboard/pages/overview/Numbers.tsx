import { type Activity, count, duration, spanLabels } from "./activity.js";
import classes from "./Overview.module.css";

/** What the span comes to. */
export function Numbers({ activity: { span, total } }: { readonly activity: Activity }) {
	const calls = total.verified + total.refused;
	const share = calls === 0 ? undefined : total.refused / calls;
	const { latency } = total;
	return (
		<dl
			className={classes.numbers}
			aria-label={`Calls of ${spanLabels[span as keyof typeof spanLabels].said}`}
		>
			<div className={classes.number}>
				<dt>Calls verified</dt>
				<dd>{count(total.verified)}</dd>
			</div>
			<div className={classes.number}>
				<dt>Calls refused</dt>
				<dd>
					{count(total.refused)}
					{share !== undefined && <small>{percent(share)} of all</small>}
				</dd>
			</div>
			<div className={classes.number}>
				<dt>Half are answered within</dt>
				<dd>
					{latency === undefined ? "–" : duration(latency.p50Ms)}
					<small>p50</small>
				</dd>
			</div>
			<div className={classes.number}>
				<dt>95 of 100 are answered within</dt>
				<dd>
					{latency === undefined ? "–" : duration(latency.p95Ms)}
					<small>p95</small>
				</dd>
			</div>
		</dl>
	);
}

const percents = new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: 2 });

/** Never "0%" of something that was, nor "100%" of what was not all. */
function percent(share: number): string {
	if (share > 0 && share < 0.001) return "less than 0.1%";
	if (share < 1 && share > 0.995) return "more than 99%";
	return percents.format(share);
}
