import { randomUUID } from "node:crypto";
import autocannon from "autocannon";
import type { Contender } from "./contender.js";
import { placeId } from "./keys.js";

/** What one run of load measured. Latencies in milliseconds. */
export interface Measured {
	readonly requestsPerSecond: number;
	readonly p50: number;
	readonly p99: number;
	/** Processor time of the server per request, in microseconds; NaN if it is unknown. */
	readonly cpuMicroseconds: number;
}

const connections = 50;

/** Sends verifications with these tokens in turn, over keep-alive connections, for this many seconds. */
export function loadFor(server: Contender, tokens: readonly string[], seconds: number): Promise<Measured> {
	return load(server, tokens, { duration: seconds });
}

/** Sends one verification with each token. */
export function loadOnce(server: Contender, tokens: readonly string[]): Promise<Measured> {
	return load(server, tokens, { amount: tokens.length });
}

async function load(
	server: Contender,
	tokens: readonly string[],
	extent: { duration: number } | { amount: number },
): Promise<Measured> {
	const requests = tokens.map(verifyRequest);
	const share = Math.ceil(requests.length / connections);
	const latencies: number[] = [];
	let clients = 0;
	const cpuBefore = server.cpuSeconds();
	const startedAt = performance.now();
	let endedAt = startedAt;
	const { errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
		const run = autocannon(
			{
				url: `http://127.0.0.1:${server.port}`,
				connections,
				...extent,
				// Every connection has its own tokens, so that each is first seen only once.
				setupClient: (client) => {
					const first = clients++ * share;
					client.setRequests(requests.slice(first, first + share));
				},
			},
			(error: unknown, result) => (error ? reject(error) : resolve(result)),
		);
		run.on("response", (_client, status, _bytes, ms) => {
			if (status !== 200) reject(new Error(`A verification got status ${status}.`));
			endedAt = performance.now();
			latencies.push(ms);
		});
	});
	if (errors > 0 || timeouts > 0)
		throw new Error(`${errors} connections failed, ${timeouts} requests timed out.`);
	const cpu = (server.cpuSeconds() ?? Number.NaN) - (cpuBefore ?? Number.NaN);
	latencies.sort((a, b) => a - b);
	return {
		requestsPerSecond: latencies.length / ((endedAt - startedAt) / 1000),
		p50: quantile(latencies, 0.5),
		p99: quantile(latencies, 0.99),
		cpuMicroseconds: (cpu / latencies.length) * 1_000_000,
	};
}

function quantile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function verifyRequest(token: string) {
	return {
		method: "POST",
		path: "/v1/verify",
		headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "roblox-id": placeId },
		body: JSON.stringify({ placeId, universeId: "345678901", jobId: randomUUID(), placeVersion: 42 }),
	} as const;
}
