import type { Endpoint, EndpointOutput, EndpointRequest } from "../shared/endpoint.js";
import { verify as verifyEndpoint } from "../shared/endpoints/verify.js";
import { onGameClose } from "./gameClose.js";
import { createDelivery, type Deliver, timeoutGrace } from "./http/delivery.js";
import {
	type CallInput,
	type CallOptions,
	composeCall,
	doubtAddress,
	readAnswerOf,
} from "./http/endpointCall.js";
import { composeRoute, type RouteAnswer, type RouteRequest, readRouteAnswer } from "./http/routeRequest.js";
import { checkInput, checkShape } from "./http/shapeChecks.js";
import { joinLiveConnections } from "./liveConnections.js";
import { createLog } from "./logger.js";
import { faultOfCall, faultOfVerifyOptions } from "./options/arguments.js";
import type { Settings } from "./options/options.js";
import { createAuthorization, readableKey } from "./options/secrets.js";
import { placeInStudio, skippedVerification } from "./options/studio.js";
import { unpublishedMessage, verifyBody } from "./place.js";
import type { Edges } from "./platform.js";
import { createBudget } from "./policies/budget.js";
import { type Circuit, createCircuit, verdictOnContract, verdictOnRoutes } from "./policies/circuit.js";
import type { Asked } from "./policies/denial.js";
import { createHold } from "./policies/retryAfterGate.js";
import { createRedactor } from "./redact.js";
import { type CallResult, failed, invalidFailure, succeeded } from "./results.js";
import type { Signal } from "./signal.js";
import type { VerificationState, Verified } from "./state.js";
import { createLife } from "./taskScope.js";
import { createVerification } from "./verification.js";

export interface VerifyOptions {
	/** Ask the server even though the last answer is still fresh. */
	readonly fresh?: boolean;
}

/** A connection to a Placelock server, for the life of this game server or until `destroy`. */
export interface PlacelockClient {
	/** Whether the key is good in this place. Yields unless the last answer is still fresh. */
	verify(options?: VerifyOptions): CallResult<Verified>;
	/** What is known now. Never yields. */
	getVerification(): VerificationState;
	/** Whether the server's last yes stands. Never yields. */
	isVerified(): boolean;
	/** Fires when the state changes. What is so already is `getVerification()`. */
	readonly verification: Signal<VerificationState>;
	/** Calls an endpoint of the contract. Yields. */
	call<E extends Endpoint>(
		endpoint: E,
		input?: EndpointRequest<E>,
		options?: CallOptions,
	): CallResult<EndpointOutput<E>>;
	/** Calls a route of your own on the same server, under the same key. Yields. */
	request(request: RouteRequest): CallResult<RouteAnswer>;
	/** Stops every task and gives threads that wait a `destroyed` result. Nothing works afterwards. */
	destroy(): void;
}

/** Puts a connection together. Everything it needs of Roblox comes through `edges`. */
export function createClient(settings: Settings, edges: Edges): PlacelockClient {
	const { json, clock, random } = edges;
	const redact = createRedactor(readableKey(settings.key));
	const log = createLog(settings.logger, redact);
	const place = placeInStudio(edges.place, settings.studio, edges.isStudio);
	const life = createLife();
	const authorize = createAuthorization(settings.key, edges.getSecret);
	const budget = createBudget(settings.requestsPerMinute, clock.now());
	const trialSeconds = settings.timeoutSeconds + timeoutGrace;

	function deliverThrough(circuit: Circuit): Deliver {
		return createDelivery({
			base: settings.address.base,
			authorize,
			transport: edges.transport,
			json,
			clock,
			random,
			life,
			budget,
			circuit,
			hold: createHold(),
			redact,
			timeoutSeconds: settings.timeoutSeconds,
			deadlineSeconds: settings.deadlineSeconds,
			maxAttempts: settings.maxAttempts,
		});
	}

	// Apart, so that an operator's route that fails or limits takes no verification with it, nor the other way.
	const circuit = createCircuit({ random, trialSeconds, verdictOf: verdictOnContract });
	const deliver = deliverThrough(circuit);
	const deliverToRoute = deliverThrough(createCircuit({ random, trialSeconds, verdictOf: verdictOnRoutes }));

	/** `T` is the endpoint's output. */
	function callEndpoint<T>(endpoint: Endpoint, input: CallInput, options: CallOptions): CallResult<T> {
		if (endpoint.caller === "game" && place.placeId === undefined) {
			return failed({ kind: "configuration", code: "PlaceUnpublished", message: unpublishedMessage });
		}
		const outgoing = composeCall(endpoint, input, options, json, checkInput);
		if (!outgoing.ok) return outgoing;
		const result = deliver(outgoing.value, (answer) => readAnswerOf<T>(endpoint, answer, json, checkShape));
		return result.ok ? result : doubtAddress(result);
	}

	function askServer(): CallResult<Verified> {
		if (edges.isStudio && settings.studio === "skip") {
			return succeeded(skippedVerification(place, clock.unixSeconds()));
		}
		return callEndpoint(verifyEndpoint, { body: verifyBody(place) }, {});
	}

	const verification = createVerification({
		ask: askServer,
		whyDown: () => circuit.lastError(),
		clock,
		random,
		life,
		log,
		cacheSeconds: settings.cacheSeconds,
		staleSeconds: settings.staleSeconds,
		reverifySeconds: settings.reverifySeconds,
	});

	function noticed<T>(result: CallResult<T>, asked: Asked): CallResult<T> {
		if (!result.ok) verification.notice(result, asked);
		return result;
	}

	// A game may still save through this connection while it closes, so requests go on; only asking anew stops.
	const leave = joinLiveConnections(() => log.connectedTwice());
	const forgetClosing = onGameClose(() => verification.rest());
	if (settings.address.exposesKey) log.keyExposed();

	return {
		verification: verification.signal,
		verify(options) {
			const fault = faultOfVerifyOptions(options);
			if (fault !== undefined) return invalidFailure(`verify was not sent: ${fault}`);
			return verification.verify(options?.fresh === true);
		},
		getVerification() {
			return verification.state();
		},
		isVerified() {
			return verification.state().status === "verified";
		},
		call(endpoint, input, options) {
			const fault = faultOfCall(endpoint, input, options);
			if (fault !== undefined) return invalidFailure(`The call was not sent: ${fault}`);
			return noticed(callEndpoint(endpoint, input ?? {}, options ?? {}), "endpoint");
		},
		request(request) {
			const outgoing = composeRoute(request, json);
			if (!outgoing.ok) return outgoing;
			return noticed(
				deliverToRoute(outgoing.value, (answer) => readRouteAnswer(answer, json)),
				"route",
			);
		},
		destroy() {
			leave();
			forgetClosing();
			life.stop();
			verification.close();
		},
	};
}
