import type { Endpoint, EndpointOutput, EndpointRequest } from "../shared/endpoint.js";
import { verify as verifyEndpoint } from "../shared/endpoints/verify.js";
import { onGameClose } from "./gameClose.js";
import { createDelivery, type Deliver, timeoutGraceSeconds } from "./http/delivery.js";
import { type CallInput, prepareCall, readCallResponse, withUrlHint } from "./http/endpointCall.js";
import {
	prepareRouteRequest,
	type RouteRequest,
	type RouteResponse,
	readRouteResponse,
} from "./http/routeRequest.js";
import { checkInput, checkShape } from "./http/shapeChecks.js";
import { registerConnection } from "./liveConnections.js";
import { createLog } from "./logger.js";
import { validateCall, validateVerifyOptions } from "./options/arguments.js";
import type { Settings } from "./options/options.js";
import { createAuthorization, keyText } from "./options/secrets.js";
import { placeInStudio, skippedVerification } from "./options/studio.js";
import { unpublishedMessage, verifyBody } from "./place.js";
import type { Platform } from "./platform.js";
import { createBudget } from "./policies/budget.js";
import { type Circuit, createCircuit, healthFromEndpoint, healthFromRoute } from "./policies/circuit.js";
import type { CallKind } from "./policies/denial.js";
import { createRetryAfterGate } from "./policies/retryAfterGate.js";
import { createRedactor } from "./redact.js";
import { type CallResult, failed, invalidFailure, succeeded } from "./results.js";
import type { Signal } from "./signal.js";
import type { VerificationState, Verified } from "./state.js";
import { createTaskScope } from "./taskScope.js";
import { createVerification } from "./verification.js";

export interface VerifyOptions {
	/** Send a request even if the last verification is still fresh. */
	readonly fresh?: boolean;
}

/** A connection to a Placelock server. Lives as long as this game server, or until `destroy`. */
export interface PlacelockClient {
	/** Verifies the key for this place. Yields unless the last verification is still fresh. */
	verify(options?: VerifyOptions): CallResult<Verified>;
	/** The current state. Never yields. */
	getVerification(): VerificationState;
	/** Whether the status is `verified`; a stale verification counts. Never yields. */
	isVerified(): boolean;
	/** Fires when the state changes. For the current state, use `getVerification()`. */
	readonly verification: Signal<VerificationState>;
	/** Calls one of Placelock's endpoints. Yields. */
	call<E extends Endpoint>(endpoint: E, input?: EndpointRequest<E>): CallResult<EndpointOutput<E>>;
	/** Sends a request to one of your own routes, on the same server and with the same key. Yields. */
	request(request: RouteRequest): CallResult<RouteResponse>;
	/** Stops all tasks. Waiting threads get a `destroyed` result, and so does every later call. */
	destroy(): void;
}

/** Assembles a connection. Everything it uses of Roblox's services comes from `platform`. */
export function createClient(settings: Settings, platform: Platform): PlacelockClient {
	const { json, clock, random } = platform;
	const redact = createRedactor(keyText(settings.key));
	const log = createLog(settings.logger, redact);
	const place = placeInStudio(platform.place, settings.studio, platform.isStudio);
	const taskScope = createTaskScope();
	const authorize = createAuthorization(settings.key, platform.getSecret);
	const budget = createBudget(settings.requestsPerMinute, clock.now());
	const trialSeconds = settings.timeoutSeconds + timeoutGraceSeconds;

	function createDeliveryWith(circuit: Circuit): Deliver {
		return createDelivery({
			base: settings.address.base,
			authorize,
			transport: platform.transport,
			json,
			clock,
			random,
			taskScope,
			budget,
			circuit,
			retryAfterGate: createRetryAfterGate(),
			redact,
			timeoutSeconds: settings.timeoutSeconds,
			deadlineSeconds: settings.deadlineSeconds,
			maxAttempts: settings.maxAttempts,
		});
	}

	// Separate circuits and gates, so that a failing or limited route does not stop verification, or the reverse.
	const circuit = createCircuit({ random, trialSeconds, healthOf: healthFromEndpoint });
	const deliver = createDeliveryWith(circuit);
	const deliverToRoute = createDeliveryWith(
		createCircuit({ random, trialSeconds, healthOf: healthFromRoute }),
	);

	/** `T` is the endpoint's output. */
	function callEndpoint<T>(endpoint: Endpoint, input: CallInput): CallResult<T> {
		if (endpoint.caller === "game" && place.placeId === undefined) {
			return failed({ kind: "configuration", code: "PlaceUnpublished", message: unpublishedMessage });
		}
		const prepared = prepareCall(endpoint, input, json, checkInput);
		if (!prepared.ok) return prepared;
		const result = deliver(prepared.value, (response) =>
			readCallResponse<T>(endpoint, response, json, checkShape),
		);
		return result.ok ? result : withUrlHint(result);
	}

	function requestVerification(): CallResult<Verified> {
		if (platform.isStudio && settings.studio === "skip") {
			return succeeded(skippedVerification(place, clock.unixSeconds()));
		}
		return callEndpoint(verifyEndpoint, { body: verifyBody(place) });
	}

	const verification = createVerification({
		requestVerification,
		lastError: () => circuit.lastError(),
		clock,
		random,
		taskScope,
		log,
		cacheSeconds: settings.cacheSeconds,
		staleSeconds: settings.staleSeconds,
		reverifySeconds: settings.reverifySeconds,
	});

	/** Lets the verification see the failure of a call before it is returned. */
	function observed<T>(result: CallResult<T>, callKind: CallKind): CallResult<T> {
		if (!result.ok) verification.observeFailure(result, callKind);
		return result;
	}

	const unregister = registerConnection(() => log.multipleConnections());
	// A closing game may still save through this connection, so only the renewals stop.
	const removeCloseHandler = onGameClose(() => verification.stopRenewing());
	if (settings.address.exposesKey) log.keyExposed();

	return {
		verification: verification.signal,
		verify(options) {
			const problem = validateVerifyOptions(options);
			if (problem !== undefined) return invalidFailure(`verify was not sent: ${problem}`);
			return verification.verify(options?.fresh === true);
		},
		getVerification() {
			return verification.state();
		},
		isVerified() {
			return verification.state().status === "verified";
		},
		call(endpoint, input) {
			const problem = validateCall(endpoint, input);
			if (problem !== undefined) return invalidFailure(`The call was not sent: ${problem}`);
			return observed(callEndpoint(endpoint, input ?? {}), "endpoint");
		},
		request(request) {
			const prepared = prepareRouteRequest(request, json);
			if (!prepared.ok) return prepared;
			return observed(
				deliverToRoute(prepared.value, (response) => readRouteResponse(response, json)),
				"route",
			);
		},
		destroy() {
			unregister();
			removeCloseHandler();
			taskScope.destroy();
			verification.close();
		},
	};
}
