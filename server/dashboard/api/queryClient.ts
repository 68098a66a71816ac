import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem.js";

const tries = 3;
const firstPauseMs = 500;
const longestPauseMs = 10_000;

/** Keeps what the server has answered, and asks again where an answer failed to come for a reason that passes. */
export function createQueryClient(): QueryClient {
	return new QueryClient({
		defaultOptions: {
			queries: {
				staleTime: 5_000,
				retry: (failures, error) => failures < tries - 1 && asProblem(error).isTransient,
				retryDelay: (failures, error) => {
					const { retryAfterSeconds } = asProblem(error).details;
					if (retryAfterSeconds === undefined) return firstPauseMs * 2 ** failures;
					return Math.min(retryAfterSeconds * 1000, longestPauseMs);
				},
				// A browser can be wrong about being offline; the server may be on this very machine.
				networkMode: "always",
			},
			// What was sent may be a password, and what came back a token: neither stays when its form is gone.
			// Not 0: a change that is under way then, whose page was left, would be looked at without a pause.
			mutations: { networkMode: "always", gcTime: 1_000 },
		},
	});
}
