import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Profile {
	readonly nodes: ReadonlyArray<{
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string };
	}>;
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

/** Where a server spent its time: shares of its busy time, largest first. */
export interface TimeSpent {
	readonly what: string;
	readonly share: number;
}

const shown = 8;

/** Reads the one profile that node's `--cpu-prof` wrote into the folder. */
export function timeSpent(folder: string): TimeSpent[] {
	const [file] = readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"));
	if (file === undefined) throw new Error("The profiled server wrote no profile.");
	const profile = JSON.parse(readFileSync(join(folder, file), "utf8")) as Profile;
	const groupOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, group(callFrame)]));
	const spent = new Map<string, number>();
	let busy = 0;
	profile.samples.forEach((id, index) => {
		const what = groupOf.get(id);
		const time = profile.timeDeltas[index] ?? 0;
		if (what === undefined) return;
		busy += time;
		spent.set(what, (spent.get(what) ?? 0) + time);
	});
	return [...spent]
		.map(([what, time]) => ({ what, share: time / busy }))
		.sort((a, b) => b.share - a.share)
		.slice(0, shown);
}

/** Undefined for time in which the server was idle. */
function group({ functionName, url }: { functionName: string; url: string }): string | undefined {
	if (functionName === "(idle)") return undefined;
	if (functionName === "writev") return "writing to the socket (writev)";
	if (functionName === "oneShotDigest") return "SHA-256 of the token";
	if (functionName === "(garbage collector)") return "garbage collection";
	if (functionName.startsWith("(")) return "native code";
	if (url.startsWith("node:")) return "node's HTTP and streams";
	const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
	if (packageName !== undefined) return packageName;
	return url === "" ? "native code" : "the server's own code";
}
