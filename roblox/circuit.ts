import type { CallError, CallResult } from "./results.js";
import { backOffStep } from "./retry.js";

/**
 * Keeps a dead backend from costing a game server threads and requests. After
 * five failed calls in a row only one call per back-off step goes out, as a
 * trial; the others are told the last error at once. One success closes it.
 */
export interface Circuit {
	/** Asks to make a call. `refused` carries the error that others got before. */
	admit(now: number): Admission;
	/** Tells how an admitted call ended. */
	record(result: CallResult<unknown>, wasTrial: boolean, now: number): void;
}

export type Admission =
	| { readonly as: "call" }
	| { readonly as: "trial" }
	| { readonly as: "refused"; readonly err: CallError; readonly seconds: number };

const failuresToOpen = 5;

/** Whether the error says that the backend itself does not work. */
function isBackendDown(err: CallError): boolean {
	return err.kind === "network" || err.kind === "server" || err.kind === "protocol";
}

/** Whether the result proves that the backend works: an answer of its own, even an unwelcome one. */
function isBackendUp(result: CallResult<unknown>): boolean {
	return result.ok || result.error.kind === "denied" || result.error.kind === "invalid";
}

export function createCircuit(random: () => number): Circuit {
	let failures = 0;
	let open: { err: CallError; step: number; nextTrialAt: number } | undefined;

	/** Between half a step and a whole one, so that the trials of a fleet spread out. */
	function trialDelay(step: number): number {
		return backOffStep(step) * (0.5 + 0.5 * random());
	}

	return {
		admit(now) {
			if (open === undefined) return { as: "call" };
			if (now < open.nextTrialAt) {
				return { as: "refused", err: open.err, seconds: open.nextTrialAt - now };
			}
			// Set before the trial ends, so that a trial that hangs is not joined by a second one.
			open.nextTrialAt = now + trialDelay(open.step);
			return { as: "trial" };
		},
		record(result, wasTrial, now) {
			if (isBackendUp(result)) {
				failures = 0;
				open = undefined;
				return;
			}
			if (result.ok || !isBackendDown(result.error)) return;
			failures += 1;
			if (open === undefined) {
				if (failures < failuresToOpen) return;
				open = { err: result.error, step: 1, nextTrialAt: now + trialDelay(1) };
			} else if (wasTrial) {
				const step = open.step + 1;
				open = { err: result.error, step, nextTrialAt: now + trialDelay(step) };
			}
		},
	};
}
