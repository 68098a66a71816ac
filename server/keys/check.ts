import type { Problem } from "../core/problem.js";
import type { AddressList } from "../isomorphic/addresses.js";
import type { PlaceProof } from "../model/placeProof.js";
import type { Clock } from "../primitives/clock.js";
import type { SlidingWindows } from "../primitives/slidingWindow.js";
import type { UsageStore } from "../store/store.js";
import type { QuotaCounters } from "../usage/quotaCounters.js";
import type { AccessAttempt } from "./accessAttempt.js";
import type { LastUse } from "./lastUse.js";
import type { Records } from "./records.js";

export type MaybePromise<T> = T | Promise<T>;

export interface PlaceSettings {
	/** The weakest proof of a place that is accepted, for workspaces that do not set one. */
	readonly placeProof: PlaceProof;
	readonly robloxNetworks: AddressList;
}

/** What checks may read. */
export interface CheckDeps {
	readonly records: Records;
	readonly lastUse: LastUse;
	readonly rateLimits: SlidingWindows;
	readonly quotas: QuotaCounters;
	readonly usage: UsageStore;
	readonly clock: Clock;
	readonly settings: PlaceSettings;
}

/**
 * One rule a request must pass: the problem that denies it, or undefined.
 * A plain function that returns a promise only if it has to wait for the store:
 * `verify` is served without waiting when everything is in memory. What follows
 * the wait is a function of its own, because a closure over the parameters
 * would allocate on every call.
 */
export type Check = (attempt: AccessAttempt, deps: CheckDeps) => MaybePromise<Problem | undefined>;
