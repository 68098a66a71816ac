import { errorEntry } from "./errorEntry.js";
import { errors } from "./errors.js";

/**
 * Statuses that mean "not now" when the response carries no code of the
 * catalogue: a proxy, a firewall or a newer server sent it. Beside the statuses
 * of the catalogue's own retryable codes, these are what a gateway returns when
 * it did not reach the server (RFC 9110, 15.6.3 and 15.6.5).
 */
const retryableStatuses: readonly number[] = [
	errors.request_timeout.status,
	errors.rate_limited.status,
	errors.internal.status,
	502,
	errors.unavailable.status,
	504,
];

/**
 * Whether the same request can succeed later although nobody changes anything.
 * The catalogue decides for its own codes. A code under a status that is not its
 * own comes from something else, so the status decides there.
 */
export function isRetryable(status: number, code?: string): boolean {
	const entry = code !== undefined ? errorEntry(code) : undefined;
	if (entry !== undefined && entry.status === status) return entry.retry;
	return retryableStatuses.includes(status);
}
