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

/** What is asked for, in whole buckets: `to` is exclusive. Milliseconds since the Unix epoch. */
interface Range {
	readonly bucket: "hour" | "day";
	readonly from: number;
	readonly to: number;
}

/** A workspace's calls, or one of its keys', in buckets; by the day also the sums of each key. */
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

/** What a query asks for; a problem when its times do not fit together. */
export function usageRange(query: Query, now: number): Range | Problem {
	const bucket = query.bucket ?? "day";
	const [length, startOf] = bucket === "day" ? [dayMs, dayOf] : [hourMs, hourOf];
	const [usual, most] = bucket === "day" ? [30, limits.usageDays] : [1, limits.usageDaysByHour];
	const end = query.to === undefined ? now : Date.parse(query.to);
	const to = startOf(end + length - 1);
	const from = query.from === undefined ? to - usual * dayMs : startOf(Date.parse(query.from));
	if (from >= to) return invalid({ path: "from", message: "must be earlier than `to`" });
	// A range of the most days need not begin and end where buckets do: it may touch one more.
	if (to - from > most * dayMs + length) {
		return invalid({ path: "from", message: `must be at most ${most} days before \`to\` by the ${bucket}` });
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

/** Hours, which come in order, put together into buckets. */
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
