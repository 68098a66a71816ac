const dayMs = 86_400_000;
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

interface Usage {
	readonly from: string;
	/** Exclusive. */
	readonly to: string;
	readonly buckets: readonly { readonly at: string; readonly verified: number; readonly denied: number }[];
}

/** One entry per UTC day of the range, including days without requests. */
export function requestsByDay({ from, to, buckets }: Usage) {
	const counts = new Map(buckets.map((bucket) => [Date.parse(bucket.at), bucket]));
	const days = [];
	for (let at = Date.parse(from); at < Date.parse(to); at += dayMs) {
		const { verified = 0, denied = 0 } = counts.get(at) ?? {};
		days.push({ day: dayFormat.format(at), Verified: verified, Denied: denied });
	}
	return days;
}
