import type { CallError, CallResult } from "../results.js";
import { backoffBound } from "./retry.js";

/**
 * A circuit breaker: a dead backend must not cost a game server threads and
 * requests. Five failed calls in a row open it. While it is open, one call per
 * backoff step is let through as a trial, never two at a time, and all other
 * calls return the last error immediately. The first response closes it.
 */
export interface Circuit {
	/** Asks to make a call. `rejected` carries the last failure and the seconds until the next trial. */
	admit(now: number): Admission;
	/** Records how an admitted call ended. */
	record(result: CallResult<unknown>, wasTrial: boolean, now: number): void;
	/** The last failure while the circuit is open. */
	lastError(): CallError | undefined;
}

type Admission =
	| { readonly as: "call" }
	| { readonly as: "trial" }
	| { readonly as: "rejected"; readonly err: CallError; readonly seconds: number };

/** What the result of a call says about the backend. */
type Health = "up" | "down" | "unknown";

interface CircuitOptions {
	readonly random: () => number;
	/** The longest a trial can take, in seconds. One that has not ended by then was cancelled. */
	readonly trialSeconds: number;
	readonly healthOf: (result: CallResult<unknown>) => Health;
}

const failuresToOpen = 5;

/**
 * For Placelock's own endpoints. A server failure is Placelock's, and a response
 * outside the contract did not come from Placelock. Any response of Placelock's
 * own, even a denial, proves that it works.
 */
export function healthFromEndpoint(result: CallResult<unknown>): Health {
	if (result.ok) return "up";
	const { kind, status } = result.error;
	if (kind === "network" || kind === "server" || kind === "protocol") return "down";
	if (kind === "denied" || kind === "invalid") return "up";
	return kind === "limited" && status !== undefined ? "up" : "unknown";
}

/**
 * For your own routes. A route that is broken or not built yet returns 500 or 501
 * for itself alone, so only a missing response and the statuses that concern the
 * whole backend count.
 */
export function healthFromRoute(result: CallResult<unknown>): Health {
	if (result.ok) return "up";
	const { kind, status } = result.error;
	if (kind === "network" || status === 502 || status === 503 || status === 504) return "down";
	return status !== undefined ? "up" : "unknown";
}

export function createCircuit({ random, trialSeconds, healthOf }: CircuitOptions): Circuit {
	let failures = 0;
	let open: { err: CallError; step: number; nextTrialAt: number } | undefined;
	let trialEndsBy: number | undefined;

	/** Half a step to a whole one, so that the trials of a fleet spread out. */
	function trialDelay(step: number): number {
		return backoffBound(step) * (0.5 + 0.5 * random());
	}

	return {
		admit(now) {
			if (open === undefined) return { as: "call" };
			if (trialEndsBy !== undefined && now < trialEndsBy) {
				const seconds = math.max(backoffBound(1), open.nextTrialAt - now);
				return { as: "rejected", err: open.err, seconds };
			}
			if (now < open.nextTrialAt) {
				return { as: "rejected", err: open.err, seconds: open.nextTrialAt - now };
			}
			open.nextTrialAt = now + trialDelay(open.step);
			trialEndsBy = now + trialSeconds;
			return { as: "trial" };
		},
		record(result, wasTrial, now) {
			if (wasTrial) trialEndsBy = undefined;
			const health = healthOf(result);
			if (health === "up") {
				failures = 0;
				open = undefined;
				trialEndsBy = undefined;
				return;
			}
			if (result.ok || health === "unknown") return;
			failures += 1;
			if (open === undefined) {
				if (failures < failuresToOpen) return;
				open = { err: result.error, step: 1, nextTrialAt: now + trialDelay(1) };
			} else if (wasTrial) {
				const step = open.step + 1;
				open = { err: result.error, step, nextTrialAt: now + trialDelay(step) };
			}
		},
		lastError() {
			return open?.err;
		},
	};
}
