import type { CallError, CallResult } from "../results.js";
import { backOffStep } from "./retry.js";

/**
 * Keeps a dead backend from costing a game server threads and requests. After
 * five failed calls in a row only one call per back-off step goes out, as a
 * trial, and never two at a time; the others are told the last error at once.
 * One answer closes it.
 */
export interface Circuit {
	/** Asks to make a call. `refused` carries the error that others got before. */
	admit(now: number): Admission;
	/** Tells how an admitted call ended. */
	record(result: CallResult<unknown>, wasTrial: boolean, now: number): void;
	/** The error of the last failure while the backend counts as dead. */
	lastError(): CallError | undefined;
}

export type Admission =
	| { readonly as: "call" }
	| { readonly as: "trial" }
	| { readonly as: "refused"; readonly err: CallError; readonly seconds: number };

/** What the end of a call says about the backend. */
export type Verdict = "up" | "down" | "nothing";

export interface CircuitParts {
	readonly random: () => number;
	/** The longest, in seconds, that a trial can take; one that has not ended by then was cancelled. */
	readonly trialSeconds: number;
	readonly verdictOf: (result: CallResult<unknown>) => Verdict;
}

const failuresToOpen = 5;

/**
 * The contract's endpoints: any failure of the server's is one of Placelock's,
 * and an answer that is not the contract's is not Placelock at all. An answer of
 * its own, even an unwelcome one, proves that it works.
 */
export function verdictOnContract(result: CallResult<unknown>): Verdict {
	if (result.ok) return "up";
	const { kind, status } = result.error;
	if (kind === "network" || kind === "server" || kind === "protocol") return "down";
	if (kind === "denied" || kind === "invalid") return "up";
	return kind === "limited" && status !== undefined ? "up" : "nothing";
}

/**
 * Routes of the operator's own: one that is broken or not built yet answers
 * 500 or 501 for itself alone, so only what a gateway says of the whole
 * backend counts.
 */
export function verdictOnRoutes(result: CallResult<unknown>): Verdict {
	if (result.ok) return "up";
	const { kind, status } = result.error;
	if (kind === "network" || status === 502 || status === 503 || status === 504) return "down";
	return status !== undefined ? "up" : "nothing";
}

export function createCircuit({ random, trialSeconds, verdictOf }: CircuitParts): Circuit {
	let failures = 0;
	let open: { err: CallError; step: number; nextTrialAt: number } | undefined;
	let trialEndsBy: number | undefined;

	/** Between half a step and a whole one, so that the trials of a fleet spread out. */
	function trialDelay(step: number): number {
		return backOffStep(step) * (0.5 + 0.5 * random());
	}

	return {
		admit(now) {
			if (open === undefined) return { as: "call" };
			if (trialEndsBy !== undefined && now < trialEndsBy) {
				const seconds = math.max(backOffStep(1), open.nextTrialAt - now);
				return { as: "refused", err: open.err, seconds };
			}
			if (now < open.nextTrialAt) {
				return { as: "refused", err: open.err, seconds: open.nextTrialAt - now };
			}
			open.nextTrialAt = now + trialDelay(open.step);
			trialEndsBy = now + trialSeconds;
			return { as: "trial" };
		},
		record(result, wasTrial, now) {
			if (wasTrial) trialEndsBy = undefined;
			const verdict = verdictOf(result);
			if (verdict === "up") {
				failures = 0;
				open = undefined;
				trialEndsBy = undefined;
				return;
			}
			if (result.ok || verdict === "nothing") return;
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
