import type { Clock } from "../clock.js";
import { moduleFault } from "../moduleFailure.js";
import { type Budget, pauseSeconds } from "../policies/budget.js";
import type { Circuit } from "../policies/circuit.js";
import { secondsToRetry } from "../policies/retry.js";
import type { Hold } from "../policies/retryAfterGate.js";
import { type CallResult, destroyedFailure, type Failure, failed, succeeded } from "../results.js";
import type { Life } from "../taskScope.js";
import type { Json } from "./json.js";
import type { Outgoing } from "./preparedRequest.js";
import { failureOfAnswer } from "./response.js";
import { classify } from "./robloxErrors.js";
import type { Answer, Transport, TransportOutcome } from "./transport.js";

export interface DeliveryParts {
	/** The address every path goes after. */
	readonly base: string;
	readonly authorize: () => CallResult<string | Secret>;
	readonly transport: Transport;
	readonly json: Json;
	readonly clock: Clock;
	readonly random: () => number;
	readonly life: Life;
	readonly budget: Budget;
	readonly circuit: Circuit;
	readonly hold: Hold;
	/** Takes the key out of a text. */
	readonly redact: (text: string) => string;
	readonly timeoutSeconds: number;
	readonly deadlineSeconds: number;
	readonly maxAttempts: number;
}

/** Sends a call, with every policy applied, and reads its successful answer with `read`. */
export type Deliver = <T>(outgoing: Outgoing, read: (answer: Answer) => CallResult<T>) => CallResult<T>;

/**
 * Time, in seconds, that Roblox's own Timeout is given to act before the module
 * stops waiting: Roblox knows more about the cause, but past its request limit
 * a request can stall without heeding it.
 */
export const timeoutGrace = 1;

export function createDelivery(parts: DeliveryParts): Deliver {
	const { clock, life, budget, circuit, hold, json } = parts;

	function compose(outgoing: Outgoing, authorization: string | Secret, secondsLeft: number) {
		const headers = new Map<string, string | Secret>();
		for (const [name, value] of outgoing.headers) headers.set(name, value);
		headers.set("Authorization", authorization);
		return {
			method: outgoing.method,
			url: parts.base + outgoing.path,
			headers,
			body: outgoing.body,
			timeoutSeconds: math.min(parts.timeoutSeconds, math.max(1, math.ceil(secondsLeft))),
		};
	}

	/** What stands in the way of sending at all, or the header to send with. */
	function prepare(): CallResult<string | Secret> {
		const authorization = parts.authorize();
		if (!authorization.ok) return authorization;
		const taken = budget.take(clock.now());
		if (taken === "taken") return authorization;
		if (taken.reason === "paused") {
			return failed({
				kind: "limited",
				code: "RequestLimit",
				message: "Roblox's request limit was reached a moment ago; the module waits before it sends more.",
				retryAfterSeconds: taken.seconds,
			});
		}
		return failed({
			kind: "budget",
			code: "budget_spent",
			message:
				"The module's share of the game server's requests is used up. Send less, or raise requestsPerMinute.",
			retryAfterSeconds: taken.seconds,
		});
	}

	function judge(outcome: TransportOutcome): CallResult<Answer> {
		if ("answer" in outcome) {
			const { answer } = outcome;
			if (answer.status >= 200 && answer.status <= 299) return succeeded(answer);
			return failureOfAnswer(answer, json, clock.unixSeconds());
		}
		const fault = classify(outcome.thrown);
		if (fault.code !== "RequestLimit") return failed(fault);
		budget.pause(clock.now());
		return failed({ ...fault, retryAfterSeconds: pauseSeconds });
	}

	function attempt(
		outgoing: Outgoing,
		authorization: string | Secret,
		secondsLeft: number,
	): CallResult<Answer> {
		const request = compose(outgoing, authorization, secondsLeft);
		const patience = math.min(secondsLeft, request.timeoutSeconds + timeoutGrace);
		const finished = life.finish(() => parts.transport(request), patience);
		if (finished.how === "done") return judge(finished.value);
		if (finished.how === "over") return destroyedFailure(0);
		if (finished.how === "threw") return moduleFault(finished.thrown);
		return failed(classify("HttpError: TimedOut"));
	}

	function sealed(failure: Failure, attempts: number): Failure {
		const { code, message, requestId } = failure.error;
		return failed({
			...failure.error,
			// All that came from outside: a server may echo what it was sent.
			code: parts.redact(code),
			message: parts.redact(message),
			requestId: requestId !== undefined ? parts.redact(requestId) : undefined,
			attempts,
		});
	}

	function attemptRepeatedly<T>(
		outgoing: Outgoing,
		read: (answer: Answer) => CallResult<T>,
		maxAttempts: number,
	): CallResult<T> {
		const startedAt = clock.now();
		let attempts = 0;
		let last: Failure | undefined;
		while (true) {
			const secondsLeft = parts.deadlineSeconds - (clock.now() - startedAt);
			// A wait can oversleep; what is left then is no time to send anything in.
			if (last !== undefined && secondsLeft <= 0) return sealed(last, attempts);
			const authorization = prepare();
			// A call that failed for a reason of its own says that one, not that its retry was not paid for.
			if (!authorization.ok) return sealed(last ?? authorization, attempts);
			attempts += 1;
			const answered = attempt(outgoing, authorization.value, secondsLeft);
			if (answered.ok) {
				const result = read(answered.value);
				return result.ok ? result : sealed(result, attempts);
			}
			last = answered;
			hold.record(sealed(answered, attempts).error, clock.now());
			const wait = secondsToRetry({
				err: answered.error,
				attempts,
				maxAttempts,
				repeatable: outgoing.repeatable,
				elapsedSeconds: clock.now() - startedAt,
				deadlineSeconds: parts.deadlineSeconds,
				random: parts.random,
			});
			if (wait === undefined) return sealed(answered, attempts);
			if (!life.wait(wait)) return destroyedFailure(attempts);
		}
	}

	return <T>(outgoing: Outgoing, read: (answer: Answer) => CallResult<T>) => {
		if (life.isOver()) return destroyedFailure(0);
		const held = hold.refusal(clock.now());
		if (held !== undefined) {
			return failed({ ...held.err, attempts: 0, retryAfterSeconds: held.seconds });
		}
		const admission = circuit.admit(clock.now());
		if (admission.as === "refused") {
			return failed({ ...admission.err, attempts: 0, retryAfterSeconds: admission.seconds });
		}
		const isTrial = admission.as === "trial";
		const result = attemptRepeatedly(outgoing, read, isTrial ? 1 : parts.maxAttempts);
		circuit.record(result, isTrial, clock.now());
		return result;
	};
}
