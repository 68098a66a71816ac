import type { Clock } from "./clock.js";
import type { Log } from "./logger.js";
import { moduleFault } from "./moduleFailure.js";
import { createCache } from "./policies/cache.js";
import { type Asked, endsVerification } from "./policies/denial.js";
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
import type { Life } from "./taskScope.js";

export interface VerificationParts {
	/** Asks the server once, with every policy applied. */
	readonly ask: () => CallResult<Verified>;
	/** Why the backend counts as dead, while it does. */
	readonly whyDown: () => CallError | undefined;
	readonly clock: Clock;
	readonly random: () => number;
	readonly life: Life;
	readonly log: Log;
	readonly cacheSeconds: number;
	readonly staleSeconds: number;
	readonly reverifySeconds: number;
}

export interface Verification {
	verify(fresh: boolean): CallResult<Verified>;
	state(): VerificationState;
	readonly signal: Signal<VerificationState>;
	/** Tells of a failure that some other call met. */
	notice(failure: Failure, asked: Asked): void;
	/** Asks no more by itself. */
	rest(): void;
	/** Ends it: handlers are disconnected, and nothing counts as verified any more. */
	close(): void;
}

/** Longest wait, in seconds, before the module asks again by itself after it got no answer. */
const recoverySeconds = 30;

const key = "verification";

/** Everyone who asks gets the same tables, so nobody may write to them. */
function freezeDeeply<T extends object>(value: T): T {
	for (const [, inner] of pairs(value as Record<string, unknown>)) {
		if (typeIs(inner, "table") && !table.isfrozen(inner)) freezeDeeply(inner);
	}
	return table.isfrozen(value) ? value : (table.freeze(value) as T);
}

export function createVerification(parts: VerificationParts): Verification {
	const { clock, life, log } = parts;
	const cache = createCache<{ verified: Verified; unixSeconds: number }>(1);
	const flight = createSingleFlight<CallResult<Verified>>(moduleFault);
	const source = createSignal<VerificationState>();
	let state: VerificationState = freezeDeeply({ status: "unknown", stale: false });
	let denials = 0;
	let announcedRotation: string | undefined;
	let cancelExpiry = () => {};
	let cancelNext = () => {};
	let resting = parts.reverifySeconds === 0;
	// A yes must not outlive staleSeconds only because nobody tried to renew it.
	const interval = math.min(parts.reverifySeconds, math.max(parts.staleSeconds, recoverySeconds));

	function enter(entered: VerificationState) {
		const before = state;
		state = freezeDeeply(entered);
		const sameDenial = state.status !== "denied" || before.error?.code === state.error?.code;
		if (before.status === state.status && before.stale === state.stale && sameDenial) return;
		log.stateChanged(before, state);
		source.fire(state);
	}

	function accept(verified: Verified) {
		cancelExpiry();
		const freshSeconds = math.min(verified.cacheSeconds, parts.cacheSeconds);
		const unixSeconds = clock.unixSeconds();
		cache.write(key, { verified, unixSeconds }, clock.now(), freshSeconds, parts.staleSeconds);
		enter({ status: "verified", stale: false, value: verified, verifiedAt: unixSeconds });
		const { rotateBy } = verified.key;
		if (rotateBy !== undefined && rotateBy !== announcedRotation) log.rotated(rotateBy);
		announcedRotation = rotateBy;
	}

	function deny(err: CallError) {
		cancelExpiry();
		denials += 1;
		cache.forget(key);
		enter({ status: "denied", stale: false, error: err });
	}

	/** The last yes stands in while it may; a no stays the server's last word. */
	function goWithout(err: CallError): CallResult<Verified> | undefined {
		cancelExpiry();
		const now = clock.now();
		const kept = cache.read(key, now);
		if (kept === undefined) {
			if (state.status !== "denied") enter({ status: "unreachable", stale: false, error: err });
			return undefined;
		}
		const { verified, unixSeconds } = kept.value;
		cancelExpiry = life.after(kept.keptUntil - now, () => {
			enter({ status: "unreachable", stale: false, error: err });
		});
		enter({ status: "verified", stale: true, value: verified, verifiedAt: unixSeconds, error: err });
		return { ok: true, value: verified, fromCache: true, stale: true };
	}

	function planNext(lastFailure: CallError | undefined) {
		cancelNext();
		if (resting || life.isOver()) return;
		const passing = lastFailure !== undefined && !endsVerification(lastFailure, "verify");
		const seconds = passing ? math.min(interval, recoverySeconds) : interval;
		// Up to a tenth sooner, so that game servers started together do not ask together for ever.
		const jittered = seconds * (1 - 0.1 * parts.random());
		const wait = math.max(jittered, lastFailure?.retryAfterSeconds ?? 0);
		cancelNext = life.after(wait, () => verify(true));
	}

	function ask(): CallResult<Verified> {
		const denialsBefore = denials;
		const result = parts.ask();
		// Another call was denied while this one was under way: a yes may be from before that. Once more.
		return result.ok && denials !== denialsBefore ? parts.ask() : result;
	}

	function refresh(): CallResult<Verified> {
		const result = ask();
		if (life.isOver()) return destroyedFailure(0);
		if (result.ok) {
			accept(result.value);
			planNext(undefined);
			return succeeded(result.value);
		}
		planNext(result.error);
		if (!endsVerification(result.error, "verify")) return goWithout(result.error) ?? result;
		deny(result.error);
		return result;
	}

	function verify(fresh: boolean): CallResult<Verified> {
		if (life.isOver()) return destroyedFailure(0);
		const kept = fresh ? undefined : cache.read(key, clock.now());
		if (kept?.fresh) return { ok: true, value: kept.value.verified, fromCache: true };
		// Who would wait for a trial of a dead backend gets at once what the others got.
		const whyDown = flight.isUnderWay(key) ? parts.whyDown() : undefined;
		if (whyDown !== undefined) {
			return goWithout(whyDown) ?? failed({ ...whyDown, attempts: 0 });
		}
		return flight.run(key, refresh);
	}

	// Not before the script that connects has had time to connect its handlers.
	if (!resting) cancelNext = life.after(0, () => verify(false));

	return {
		signal: source.signal,
		verify(fresh) {
			return verify(fresh);
		},
		state() {
			return state;
		},
		notice(failure, asked) {
			if (endsVerification(failure.error, asked)) deny(failure.error);
		},
		rest() {
			resting = true;
			cancelNext();
		},
		close() {
			cache.forget(key);
			state = freezeDeeply({ status: "unreachable", stale: false, error: destroyedFailure(0).error });
			source.close(state);
		},
	};
}
