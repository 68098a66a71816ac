import type { Clock } from "./clock.js";
import type { Log } from "./logger.js";
import { moduleFailure } from "./moduleFailure.js";
import { createCache } from "./policies/cache.js";
import { type CallKind, endsVerification } from "./policies/denial.js";
import { createSingleFlight } from "./policies/singleFlight.js";
import {
	type CallError,
	type CallResult,
	destroyedFailure,
	type Failure,
	failed,
	succeeded,
} from "./results.js";
import { createSignal, type Signal } from "./signal.js";
import type { VerificationState, Verified } from "./state.js";
import type { TaskScope } from "./taskScope.js";

interface VerificationDependencies {
	/** Sends one verification to the server, under every policy. */
	readonly requestVerification: () => CallResult<Verified>;
	/** The last failure of the backend while its circuit is open. */
	readonly lastError: () => CallError | undefined;
	readonly clock: Clock;
	readonly random: () => number;
	readonly taskScope: TaskScope;
	readonly log: Log;
	readonly cacheSeconds: number;
	readonly staleSeconds: number;
	readonly reverifySeconds: number;
}

interface Verification {
	verify(fresh: boolean): CallResult<Verified>;
	state(): VerificationState;
	readonly signal: Signal<VerificationState>;
	/** Ends the verification if the failure of another call is a denial of the key. */
	observeFailure(failure: Failure, callKind: CallKind): void;
	/** Stops renewing the verification by itself. */
	stopRenewing(): void;
	/** Disconnects all handlers. The key no longer counts as verified. */
	close(): void;
}

/** Longest wait, in seconds, before the module tries again by itself after it got no response. */
const recoverySeconds = 30;

const key = "verification";

/** Freezes nested tables too: all callers get the same tables, so none may change them. */
function freezeDeeply<T extends object>(value: T): T {
	for (const [, inner] of pairs(value as Record<string, unknown>)) {
		if (typeIs(inner, "table") && !table.isfrozen(inner)) freezeDeeply(inner);
	}
	return table.isfrozen(value) ? value : (table.freeze(value) as T);
}

export function createVerification(dependencies: VerificationDependencies): Verification {
	const { clock, taskScope, log } = dependencies;
	const cache = createCache<{ verified: Verified; unixSeconds: number }>(1);
	const flight = createSingleFlight<CallResult<Verified>>(moduleFailure);
	const source = createSignal<VerificationState>();
	let state: VerificationState = freezeDeeply({ status: "unknown", stale: false });
	let denials = 0;
	let loggedRotation: string | undefined;
	let cancelExpiry = () => {};
	let cancelRenewal = () => {};
	let renewalStopped = dependencies.reverifySeconds === 0;
	// A verification must not outlive staleSeconds only because nothing tried to renew it.
	const interval = math.min(
		dependencies.reverifySeconds,
		math.max(dependencies.staleSeconds, recoverySeconds),
	);

	function setState(newState: VerificationState) {
		const previous = state;
		state = freezeDeeply(newState);
		const sameDenial = state.status !== "denied" || previous.error?.code === state.error?.code;
		if (previous.status === state.status && previous.stale === state.stale && sameDenial) return;
		log.stateChanged(previous, state);
		source.fire(state);
	}

	function accept(verified: Verified) {
		cancelExpiry();
		const freshSeconds = math.min(verified.cacheSeconds, dependencies.cacheSeconds);
		const unixSeconds = clock.unixSeconds();
		cache.write(key, { verified, unixSeconds }, clock.now(), freshSeconds, dependencies.staleSeconds);
		setState({ status: "verified", stale: false, value: verified, verifiedAt: unixSeconds });
		const { rotateBy } = verified.key;
		if (rotateBy !== undefined && rotateBy !== loggedRotation) log.rotated(rotateBy);
		loggedRotation = rotateBy;
	}

	function deny(err: CallError) {
		cancelExpiry();
		denials += 1;
		cache.delete(key);
		setState({ status: "denied", stale: false, error: err });
	}

	/** Returns the last verification while it may still be used. A denial stays in force without a response. */
	function fallBackToCache(err: CallError): CallResult<Verified> | undefined {
		cancelExpiry();
		const now = clock.now();
		const cached = cache.read(key, now);
		if (cached === undefined) {
			if (state.status !== "denied") setState({ status: "unreachable", stale: false, error: err });
			return undefined;
		}
		const { verified, unixSeconds } = cached.value;
		cancelExpiry = taskScope.delay(cached.expiresAt - now, () => {
			setState({ status: "unreachable", stale: false, error: err });
		});
		setState({ status: "verified", stale: true, value: verified, verifiedAt: unixSeconds, error: err });
		return { ok: true, value: verified, fromCache: true, stale: true };
	}

	function scheduleRenewal(failure: CallError | undefined) {
		cancelRenewal();
		if (renewalStopped || taskScope.isDestroyed()) return;
		const mayRecover = failure !== undefined && !endsVerification(failure, "verify");
		const seconds = mayRecover ? math.min(interval, recoverySeconds) : interval;
		// Up to a tenth sooner, so that game servers that started together drift apart.
		const jittered = seconds * (1 - 0.1 * dependencies.random());
		const wait = math.max(jittered, failure?.retryAfterSeconds ?? 0);
		cancelRenewal = taskScope.delay(wait, () => verify(true));
	}

	function requestVerification(): CallResult<Verified> {
		const denialsBefore = denials;
		const result = dependencies.requestVerification();
		// Another call was denied meanwhile, so this verification may be older than that denial: send it once more.
		return result.ok && denials !== denialsBefore ? dependencies.requestVerification() : result;
	}

	function refresh(): CallResult<Verified> {
		const result = requestVerification();
		if (taskScope.isDestroyed()) return destroyedFailure(0);
		if (result.ok) {
			accept(result.value);
			scheduleRenewal(undefined);
			return succeeded(result.value);
		}
		scheduleRenewal(result.error);
		if (!endsVerification(result.error, "verify")) return fallBackToCache(result.error) ?? result;
		deny(result.error);
		return result;
	}

	function verify(fresh: boolean): CallResult<Verified> {
		if (taskScope.isDestroyed()) return destroyedFailure(0);
		const cached = fresh ? undefined : cache.read(key, clock.now());
		if (cached?.fresh) return { ok: true, value: cached.value.verified, fromCache: true };
		// While a trial of a dead backend runs, other callers do not wait for it.
		const lastError = flight.isRunning(key) ? dependencies.lastError() : undefined;
		if (lastError !== undefined) {
			return fallBackToCache(lastError) ?? failed({ ...lastError, attempts: 0 });
		}
		return flight.run(key, refresh);
	}

	// Delayed, so that the script that connects can connect its handlers first.
	if (!renewalStopped) cancelRenewal = taskScope.delay(0, () => verify(false));

	return {
		signal: source.signal,
		verify(fresh) {
			return verify(fresh);
		},
		state() {
			return state;
		},
		observeFailure(failure, callKind) {
			if (endsVerification(failure.error, callKind)) deny(failure.error);
		},
		stopRenewing() {
			renewalStopped = true;
			cancelRenewal();
		},
		close() {
			cache.delete(key);
			state = freezeDeeply({ status: "unreachable", stale: false, error: destroyedFailure(0).error });
			source.close(state);
		},
	};
}
