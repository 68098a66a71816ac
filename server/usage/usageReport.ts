import type { EndpointInput, EndpointOutput } from "../../shared/endpoint.js";
import type { getUsage } from "../../shared/endpoints/usage.js";
import { limits } from "../../shared/limits.js";
import { invalid, type Problem } from "../core/problem.js";
import { dayMs, dayOf, hourMs, hourOf } from "../model/spans.js";
import type { CallCounts } from "../model/usage.js";
import { isoTime } from "../primitives/timestamps.js";
import type { UsageStore } from "../store/store.js";

type Query = EndpointInput<typeof getUsage>["query"];
type Report = EndpointOutput<typeof getUsage>;

/** The requested range in whole buckets; `to` is exclusive. Milliseconds since the Unix epoch. */
interface Range {
	readonly bucket: "hour" | "day";
	readonly from: number;
	readonly to: number;
}

/** The requests of a workspace or one of its keys, in buckets; by day also the totals of each key. */
export async function usageReport(
	usage: UsageStore,
	workspaceId: string,
	query: Query,
	now: number,
): Promise<Report | Problem> {
	const range = usageRange(query, now);
	if (!("bucket" in range)) return range;
	const { bucket, from, to } = range;
	const { keyId } = query;
	const everyKey = keyId === undefined && bucket === "day";
	const [hours, keys] = await Promise.all([
		keyId === undefined ? usage.workspaceHours(workspaceId, from, to) : usage.hours(keyId, from, to),
		everyKey ? usage.keySums(workspaceId, from, to, limits.keysPerUsage) : undefined,
	]);
	return {
		bucket,
		from: isoTime(from),
		to: isoTime(to),
		total: sumOf(hours),
		buckets: bucketsOf(hours, bucket === "day" ? dayOf : hourOf),
		keys: keys?.map(({ keyId, verified, refused }) => ({ keyId, verified, denied: refused })),
	};
}

/** The range of a query; a problem if its times do not fit together. */
export function usageRange(query: Query, now: number): Range | Problem {
	const bucket = query.bucket ?? "day";
	const [length, startOf] = bucket === "day" ? [dayMs, dayOf] : [hourMs, hourOf];
	const [defaultDays, maxDays] = bucket === "day" ? [30, limits.usageDays] : [1, limits.usageDaysByHour];
	const end = query.to === undefined ? now : Date.parse(query.to);
	const to = startOf(end + length - 1);
	const from = query.from === undefined ? to - defaultDays * dayMs : startOf(Date.parse(query.from));
	if (from >= to) return invalid({ path: "from", message: "must be earlier than `to`" });
	// The longest range may start and end inside buckets, and then touches one more.
	if (to - from > maxDays * dayMs + length) {
		return invalid({ path: "from", message: `must be at most ${maxDays} days before \`to\` by ${bucket}` });
	}
	return { bucket, from, to };
}

function sumOf(counts: readonly CallCounts[]): Report["total"] {
	let [verified, denied] = [0, 0];
	for (const each of counts) {
		verified += each.verified;
		denied += each.refused;
	}
	return { verified, denied };
}

/** Sums up hours, which are in order, in buckets. */
function bucketsOf(
	hours: ReadonlyArray<{ readonly hour: number } & CallCounts>,
	startOf: (at: number) => number,
): Report["buckets"] {
	const sums = new Map<number, Report["total"]>();
	for (const { hour, verified, refused } of hours) {
		const at = startOf(hour);
		const sum = sums.get(at) ?? { verified: 0, denied: 0 };
		sums.set(at, { verified: sum.verified + verified, denied: sum.denied + refused });
	}
	return [...sums].map(([at, counts]) => ({ at: isoTime(at), ...counts }));
}
