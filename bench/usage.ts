import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayMs, dayOf, hourMs, hourOf } from "../server/model/spans.js";
import type { KeyUsage } from "../server/model/usage.js";
import { systemClock } from "../server/primitives/clock.js";
import { openStore } from "../server/storage/openStore.js";
import type { Store } from "../server/store/store.js";
import { usageReport } from "../server/usage/usageReport.js";
import { ways } from "../test/support/mongodb/find.js";
import { startPrivateMongodb } from "../test/support/mongodb/privateServer.js";

/**
 * How long `GET …/usage` takes for a month of a workspace with 1,000 keys, all
 * used on each of 35 days (BENCH_DAYS), on both stores. Measures the report,
 * without HTTP. The promise is a median below 100 ms.
 */
const days = Number(process.env.BENCH_DAYS ?? 35);
const keysPerWrite = 250;
const keys = Array.from({ length: 1_000 }, (_, n) => `8Fh2kQ0p${String(n).padStart(4, "0")}`);
const [busyKey = ""] = keys;
const workspaceId = "ws_bench";
const now = hourOf(Date.now());
const iso = (at: number) => new Date(at).toISOString();
const log = (line: string) => process.stdout.write(`${line}\n`);

const questions: [string, Parameters<typeof usageReport>[2]][] = [
	["30 days by day, with totals of each key", {}],
	[
		"30 days that do not start with a week, by day",
		{ from: iso(dayOf(now) - 33 * dayMs), to: iso(dayOf(now) - 3 * dayMs) },
	],
	["31 days by hour", { bucket: "hour", from: iso(now - 31 * dayMs + hourMs), to: iso(now + hourMs) }],
	["31 days of one key by hour", { bucket: "hour", from: iso(now - 31 * dayMs + hourMs), keyId: busyKey }],
];

/**
 * Uses each key in one hour of each day, spread over all hours: as much is read
 * as if every key were used in every hour, but filling MongoDB takes a minute.
 */
async function fill(store: Store): Promise<void> {
	for (let back = 0; back < days; back++) {
		const day = dayOf(now) - back * dayMs;
		const hour = (n: number) => ({ hour: day + n * hourMs, verified: 1_000 + n, refused: 1 + (n % 3) });
		const everyHour = Array.from({ length: 24 }, (_, n) => hour(n));
		const usage = keys.map((keyId, n): KeyUsage => {
			return { keyId, workspaceId, hours: keyId === busyKey ? everyHour : [hour(n % 24)] };
		});
		for (let start = 0; start < usage.length; start += keysPerWrite) {
			await store.usage.add(usage.slice(start, start + keysPerWrite));
		}
	}
}

async function measure(name: string, store: Store): Promise<void> {
	const began = performance.now();
	await fill(store);
	log(
		`${name}: ${keys.length} keys, every one of ${days} days, written in ${((performance.now() - began) / 1000).toFixed(0)} s`,
	);
	for (const [title, query] of questions) {
		const times: number[] = [];
		for (let round = 0; round < 21; round++) {
			const start = performance.now();
			await usageReport(store.usage, workspaceId, query, now);
			times.push(performance.now() - start);
		}
		const sorted = [...times].sort((a, b) => a - b);
		const [first = 0] = times;
		log(
			`  ${title}: median ${sorted[10]?.toFixed(0)} ms, slowest ${sorted.at(-1)?.toFixed(0)} ms, first ${first.toFixed(0)} ms`,
		);
	}
	await store.close();
}

async function main(): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-usage-"));
	try {
		await measure("embedded database", await openStore({ dataDir }, systemClock));
	} finally {
		rmSync(dataDir, { recursive: true, force: true });
	}
	for (const way of ways) {
		const program = await way();
		if (typeof program === "string") continue;
		const server = await startPrivateMongodb(program);
		try {
			await measure(program.name, await openStore({ mongodbUri: server.uri("usage"), dataDir }, systemClock));
		} finally {
			await server.remove();
		}
		return;
	}
	log("No MongoDB found.");
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
	process.exitCode = 1;
});
