import type { Endpoint, EndpointOutput, EndpointRequest } from "../shared/endpoint.js";
import { verify as verifyEndpoint } from "../shared/endpoints/verify.js";
import { faultOfCall, faultOfVerifyOptions } from "./arguments.js";
import { createBudget } from "./budget.js";
import {
	type CallInput,
	type CallOptions,
	composeCall,
	doubtAddress,
	invalidFailure,
	readAnswerOf,
} from "./call.js";
import { checkInput, checkShape } from "./checks.js";
import { type Circuit, createCircuit, verdictOnContract, verdictOnRoutes } from "./circuit.js";
import { onGameClose } from "./closing.js";
import { createDelivery, type Deliver, timeoutGrace } from "./delivery.js";
import type { Asked } from "./denial.js";
import type { Edges } from "./edges.js";
import { createHold } from "./hold.js";
import { createLife } from "./life.js";
import { joinLiveConnections } from "./liveConnections.js";
import { createLog } from "./logger.js";
import type { Settings } from "./options.js";
import { unpublishedMessage, verifyBody } from "./place.js";
import { createRedactor } from "./redact.js";
import { type CallResult, failed, succeeded } from "./results.js";
import { composeRoute, type RouteAnswer, type RouteRequest, readRouteAnswer } from "./route.js";

import { createAuthorization, readableKey } from "./secrets.js";
import type { Signal } from "./signal.js";
import { placeInStudio, skippedVerification } from "./studio.js";
import { createVerification, type VerificationState, type Verified } from "./verification.js";

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
