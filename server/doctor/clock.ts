import { isoTime } from "../primitives/timestamps.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** The differences to other clocks, in milliseconds. */
export interface OtherClocks {
	/** How far the database's clock is ahead of this one. */
	readonly databaseAheadMs?: number;
	/** How far the clock at PUBLIC_URL is ahead. Precise to a second. */
	readonly publicAheadMs?: number;
	/** When the newest audit entry was written. */
	readonly lastChangeAt?: number;
}

/** From this difference on, people notice wrong expiries and overlaps. */
const problemMs = 60_000;
/** The error of the measurement: network delay and whole seconds. */
const toleratedMs = 3_000;

const fix =
	"Synchronise all machines with NTP (timedatectl set-ntp true): expiries and overlaps depend on the clock.";

/** Compares this machine's clock with the other clocks that are known. */
export function checkClock(now: number, others: OtherClocks): Finding[] {
	const findings: Finding[] = [];
	const compare = (whose: string, ahead: number | undefined) => {
		if (ahead === undefined || Math.abs(ahead) <= toleratedMs) return;
		const way = ahead > 0 ? "behind" : "ahead of";
		const message = `this clock is ${(Math.abs(ahead) / 1000).toFixed(1)} s ${way} ${whose}`;
		findings.push((Math.abs(ahead) > problemMs ? problem : warning)("clock", message, fix));
	};
	compare("the database's", others.databaseAheadMs);
	compare("the clock of the server at PUBLIC_URL", others.publicAheadMs);
	const { lastChangeAt } = others;
	if (lastChangeAt !== undefined && lastChangeAt > now + problemMs) {
		findings.push(
			problem(
				"clock",
				`the last change is dated ${isoTime(lastChangeAt)}, but this clock shows ${isoTime(now)}`,
				fix,
			),
		);
	}
	if (findings.length > 0) return findings;
	const compared = others.databaseAheadMs !== undefined || others.publicAheadMs !== undefined;
	const comparison = compared ? "same as the other clocks" : "with no other clock to compare";
	return [ok("clock", `${isoTime(now)}, ${comparison}`)];
}
