import { isoTime } from "../primitives/timestamps.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** What other clocks said; milliseconds. */
export interface OtherClocks {
	/** How far the database's is ahead of this one. */
	readonly databaseAheadMs?: number;
	/** How far that of whoever answered at PUBLIC_URL is ahead. Told in whole seconds. */
	readonly publicAheadMs?: number;
	/** When the newest audit entry was written. */
	readonly lastChangeAt?: number;
}

/** From here on expiries and overlaps are off by what people notice. */
const wrongMs = 60_000;
/** What the network and whole seconds can explain. */
const toleratedMs = 3_000;

const fix =
	"Keep the clocks of all machines by NTP (timedatectl set-ntp true): expiries and overlaps go by them.";

/** Whether this machine's clock is right, as far as anything here can tell. */
export function checkClock(now: number, others: OtherClocks): Finding[] {
	const findings: Finding[] = [];
	const compare = (whose: string, ahead: number | undefined) => {
		if (ahead === undefined || Math.abs(ahead) <= toleratedMs) return;
		const way = ahead > 0 ? "behind" : "ahead of";
		const message = `this clock is ${(Math.abs(ahead) / 1000).toFixed(1)} s ${way} ${whose}`;
		findings.push((Math.abs(ahead) > wrongMs ? problem : warning)("clock", message, fix));
	};
	compare("the database's", others.databaseAheadMs);
	compare("that of the server at PUBLIC_URL", others.publicAheadMs);
	const { lastChangeAt } = others;
	if (lastChangeAt !== undefined && lastChangeAt > now + wrongMs) {
		findings.push(
			problem(
				"clock",
				`the last change was made at ${isoTime(lastChangeAt)}, but here it is ${isoTime(now)}`,
				fix,
			),
		);
	}
	if (findings.length > 0) return findings;
	const compared = others.databaseAheadMs !== undefined || others.publicAheadMs !== undefined;
	const beside = compared ? "as the other clocks say" : "and there is no other clock here to compare it with";
	return [ok("clock", `${isoTime(now)}, ${beside}`)];
}
