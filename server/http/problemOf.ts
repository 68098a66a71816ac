import { Problem } from "../core/problem.js";
import { StoreUnavailable } from "../store/store.js";

/** How long a caller is asked to wait while the database is unavailable, seconds. */
const unavailableRetrySeconds = 2;

/** The problem to respond with when something was thrown. */
export function problemOf(error: unknown): Problem {
	if (error instanceof StoreUnavailable) {
		return new Problem("unavailable", { retryAfterSeconds: unavailableRetrySeconds });
	}
	return new Problem("internal");
}
