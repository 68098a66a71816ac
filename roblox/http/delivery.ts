import type { Clock } from "../clock.js";
import { moduleFailure } from "../moduleFailure.js";
import { type Budget, pauseSeconds } from "../policies/budget.js";
import type { Circuit } from "../policies/circuit.js";
import { retryDelay } from "../policies/retry.js";
import type { RetryAfterGate } from "../policies/retryAfterGate.js";
import { type CallResult, destroyedFailure, type Failure, failed, succeeded } from "../results.js";
import type { TaskScope } from "../taskScope.js";
import type { Json } from "./json.js";
import type { PreparedRequest } from "./preparedRequest.js";
import { failureFromResponse } from "./response.js";
import { classifyThrown } from "./robloxErrors.js";
import type { HttpRequest, HttpResponse, Transport, TransportOutcome } from "./transport.js";

interface DeliveryDependencies {
	/** The address that every path is appended to. */
	readonly base: string;
	readonly authorize: () => CallResult<string | Secret>;
	readonly transport: Transport;
	readonly json: Json;
	readonly clock: Clock;
	readonly random: () => number;
	readonly taskScope: TaskScope;
	readonly budget: Budget;
	readonly circuit: Circuit;
	readonly retryAfterGate: RetryAfterGate;
	/** Removes the key from a text. */
	readonly redact: (text: string) => string;
	readonly timeoutSeconds: number;
	readonly deadlineSeconds: number;
	readonly maxAttempts: number;
}

/** Sends a request under every policy and reads its successful response with `read`. */
export type Deliver = <T>(
	prepared: PreparedRequest,
	read: (response: HttpResponse) => CallResult<T>,
) => CallResult<T>;

/**
 * How long, in seconds, the module waits past Roblox's own Timeout. Roblox knows
 * more about the cause, so it goes first; but past its request limit a request can
 * stall without respecting that timeout.
 */
export const timeoutGraceSeconds = 1;

export function createDelivery(dependencies: DeliveryDependencies): Deliver {
	const { clock, taskScope, budget, circuit, retryAfterGate, json } = dependencies;

	function buildRequest(
		prepared: PreparedRequest,
		authorization: string | Secret,
		secondsLeft: number,
	): HttpRequest {
		const headers = new Map<string, string | Secret>();
		for (const [name, value] of prepared.headers) headers.set(name, value);
		headers.set("Authorization", authorization);
		return {
			method: prepared.method,
			url: dependencies.base + prepared.path,
			headers,
			body: prepared.body,
			timeoutSeconds: math.min(dependencies.timeoutSeconds, math.max(1, math.ceil(secondsLeft))),
		};
	}

	/** The Authorization header for one attempt, paid for from the budget; or why it cannot be sent. */
	function admitAttempt(): CallResult<string | Secret> {
		const authorization = dependencies.authorize();
		if (!authorization.ok) return authorization;
		const taken = budget.take(clock.now());
		if (taken === "taken") return authorization;
		if (taken.reason === "paused") {
			return failed({
				kind: "limited",
				code: "RequestLimit",
				message: "Roblox's request limit was reached a moment ago. The module pauses before it sends more.",
				retryAfterSeconds: taken.seconds,
			});
		}
		return failed({
			kind: "budget",
			code: "budget_spent",
			message:
				"The module used up its share of the game server's requests. Send fewer, or raise requestsPerMinute.",
			retryAfterSeconds: taken.seconds,
		});
	}

	function toResult(outcome: TransportOutcome): CallResult<HttpResponse> {
		if ("response" in outcome) {
			const { response } = outcome;
			if (response.status >= 200 && response.status <= 299) return succeeded(response);
			return failureFromResponse(response, json, clock.unixSeconds());
		}
		const err = classifyThrown(outcome.thrown);
		if (err.code !== "RequestLimit") return failed(err);
		budget.pause(clock.now());
		return failed({ ...err, retryAfterSeconds: pauseSeconds });
	}

	function attempt(
		prepared: PreparedRequest,
		authorization: string | Secret,
		secondsLeft: number,
	): CallResult<HttpResponse> {
		const request = buildRequest(prepared, authorization, secondsLeft);
		const timeout = math.min(secondsLeft, request.timeoutSeconds + timeoutGraceSeconds);
		const outcome = taskScope.runWithTimeout(() => dependencies.transport(request), timeout);
		if (outcome.how === "returned") return toResult(outcome.value);
		if (outcome.how === "destroyed") return destroyedFailure(0);
		if (outcome.how === "threw") return moduleFailure(outcome.thrown);
		return failed(classifyThrown("HttpError: TimedOut"));
	}

	/** The failure without the key: a server may echo what it was sent in any of these fields. */
	function redacted(failure: Failure, attempts: number): Failure {
		const { code, message, requestId } = failure.error;
		return failed({
			...failure.error,
			code: dependencies.redact(code),
			message: dependencies.redact(message),
			requestId: requestId !== undefined ? dependencies.redact(requestId) : undefined,
			attempts,
		});
	}

	function attemptRepeatedly<T>(
		prepared: PreparedRequest,
		read: (response: HttpResponse) => CallResult<T>,
		maxAttempts: number,
	): CallResult<T> {
		const startedAt = clock.now();
		let attempts = 0;
		let lastFailure: Failure | undefined;
		while (true) {
			const secondsLeft = dependencies.deadlineSeconds - (clock.now() - startedAt);
			// A wait can take longer than asked and leave no time to send anything.
			if (lastFailure !== undefined && secondsLeft <= 0) return redacted(lastFailure, attempts);
			const authorization = admitAttempt();
			// A call reports why it failed, not why its retry could not be sent.
			if (!authorization.ok) return redacted(lastFailure ?? authorization, attempts);
			attempts += 1;
			const received = attempt(prepared, authorization.value, secondsLeft);
			if (received.ok) {
				const result = read(received.value);
				return result.ok ? result : redacted(result, attempts);
			}
			lastFailure = received;
			retryAfterGate.record(redacted(received, attempts).error, clock.now());
			const wait = retryDelay({
				err: received.error,
				attempts,
				maxAttempts,
				repeatable: prepared.repeatable,
				elapsedSeconds: clock.now() - startedAt,
				deadlineSeconds: dependencies.deadlineSeconds,
				random: dependencies.random,
			});
			if (wait === undefined) return redacted(received, attempts);
			if (!taskScope.wait(wait)) return destroyedFailure(attempts);
		}
	}

	return <T>(prepared: PreparedRequest, read: (response: HttpResponse) => CallResult<T>) => {
		if (taskScope.isDestroyed()) return destroyedFailure(0);
		const closed = retryAfterGate.closed(clock.now());
		if (closed !== undefined) {
			return failed({ ...closed.err, attempts: 0, retryAfterSeconds: closed.seconds });
		}
		const admission = circuit.admit(clock.now());
		if (admission.as === "rejected") {
			return failed({ ...admission.err, attempts: 0, retryAfterSeconds: admission.seconds });
		}
		const isTrial = admission.as === "trial";
		const result = attemptRepeatedly(prepared, read, isTrial ? 1 : dependencies.maxAttempts);
		circuit.record(result, isTrial, clock.now());
		return result;
	};
}
