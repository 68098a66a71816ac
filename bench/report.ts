import { cpus } from "node:os";
import type { Measured } from "./load.js";
import type { TimeSpent } from "./profile.js";

export interface Results {
	/** Every round of every server: bare node:http, plain Express, libsql, libsql with many keys, then others. */
	readonly runs: ReadonlyMap<string, readonly Measured[]>;
	readonly firstSight: Measured;
	readonly rounds: number;
	readonly secondsPerRun: number;
	readonly manyKeys: number;
	readonly neverSeen: number;
	/** Where the time went, by server. */
	readonly profiles: Readonly<Record<string, readonly TimeSpent[]>>;
}

/** The results as a page: the median round of each server; ratios are computed round by round. */
export function report({
	runs,
	firstSight,
	rounds,
	secondsPerRun,
	manyKeys,
	neverSeen,
	profiles,
}: Results): string {
	const [bare = [], express = [], libsql = [], libsqlMany = []] = runs.values();
	const rows = [...runs].map(([name, measured]) => {
		const rate = median(measured.map((run) => run.requestsPerSecond));
		return [
			name,
			Math.round(rate).toLocaleString("en"),
			median(measured.map((run) => run.p50)).toFixed(2),
			median(measured.map((run) => run.p99)).toFixed(2),
			ratio(measured, bare, "requestsPerSecond").toFixed(2),
			ratio(measured, express, "requestsPerSecond").toFixed(2),
			median(measured.map((run) => run.cpuMicroseconds)).toFixed(1),
			ratio(bare, measured, "cpuMicroseconds").toFixed(2),
		];
	});
	const goals: Array<[string, number, boolean]> = [];
	const goal = (text: string, value: number, met: boolean) => goals.push([text, value, met]);
	const overBare = ratio(libsql, bare, "requestsPerSecond");
	const overExpress = ratio(libsql, express, "requestsPerSecond");
	const tail = ratio(libsql, bare, "p99");
	const scale = ratio(libsqlMany, libsql, "requestsPerSecond");
	goal("verify over bare node:http, at least 0.75", overBare, overBare >= 0.75);
	goal("verify over plain Express 5, at least 4", overExpress, overExpress >= 4);
	goal("p99 of verify over that of bare node:http, under 2", tail, tail < 2);
	goal(
		`hot rate with ${manyKeys.toLocaleString("en")} keys over that with 1,000, at least 0.95`,
		scale,
		scale >= 0.95,
	);
	const cold = firstSight.requestsPerSecond;
	goal("never-seen keys a second, at least 5,000", Math.round(cold), cold >= 5_000);
	return [
		"# How fast verify is",
		"",
		`Written by \`npm run bench\` on Node ${process.versions.node}, ${cpus().length} cores. Each server is a separate process;`,
		`autocannon sends \`POST /v1/verify\` over 50 keep-alive connections with 1,000 keys in turn, ${rounds} rounds of`,
		`${secondsPerRun} s each, all servers in every round. Median round; the ratios are medians of the ratios within a round.`,
		"The absolute figures depend on the machine; compare the ratios.",
		"",
		"| server | requests/s | p50 ms | p99 ms | of bare node:http | of plain Express 5 | processor time per request, µs | bare's over it |",
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
		...rows.map((row) => `| ${row.join(" | ")} |`),
		"",
		`Keys never seen before, each verified once (${neverSeen.toLocaleString("en")} of ${manyKeys.toLocaleString("en")} in the embedded database): ` +
			`${Math.round(cold).toLocaleString("en")} a second, p50 ${firstSight.p50.toFixed(2)} ms, p99 ${firstSight.p99.toFixed(2)} ms.`,
		"",
		"| goal | measured | met |",
		"| --- | ---: | --- |",
		...goals.map(([text, value, met]) => `| ${text} | ${shown(value)} | ${met ? "yes" : "no"} |`),
		"",
		"Where the processor time goes, from node's profiler in a separate run:",
		"",
		"| server | of its busy time |",
		"| --- | --- |",
		...Object.entries(profiles).map(([name, spent]) => `| ${name} | ${spent.map(share).join(", ")} |`),
		"",
	].join("\n");
}

function share({ what, share: part }: TimeSpent): string {
	return `${what} ${(part * 100).toFixed(0)} %`;
}

function shown(value: number): string {
	return value >= 100 ? value.toLocaleString("en") : value.toFixed(2);
}

function ratio(of: readonly Measured[], to: readonly Measured[], figure: keyof Measured): number {
	return median(of.map((run, round) => run[figure] / (to[round]?.[figure] ?? Number.NaN)));
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low = Number.NaN, high = Number.NaN] = [
		sorted[sorted.length % 2 === 0 ? middle - 1 : middle],
		sorted[middle],
	];
	return (low + high) / 2;
}
