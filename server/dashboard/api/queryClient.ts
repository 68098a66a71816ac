import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem.js";

const attempts = 3;
const firstPauseMs = 500;
/** A problem that lasts longer is shown, and not waited out. */
const longestPauseMs = 10_000;

/** Before the next attempt: as long as the server asks for, or a little longer each time. */
function pauseMs(failures: number, error: Error): number {
	const { retryAfterSeconds } = asProblem(error).details;
	return retryAfterSeconds === undefined ? firstPauseMs * 2 ** failures : retryAfterSeconds * 1000;
}

/** Caches responses, and retries queries that failed for a transient reason. */
export function createQueryClient(): QueryClient {
	return new QueryClient({
		defaultOptions: {
			queries: {
				staleTime: 5_000,
				retry: (failures, error) =>
					failures < attempts - 1 &&
					asProblem(error).isTransient &&
					pauseMs(failures, error) <= longestPauseMs,
				retryDelay: pauseMs,
				// The browser may be offline while the server runs on the same machine.
				networkMode: "always",
			},
			// Inputs can be passwords and outputs tokens: neither may outlive its form. Not 0: a pending mutation
			// without observers would then be checked in a busy loop.
			mutations: { networkMode: "always", gcTime: 1_000 },
		},
	});
}
