import { Problem } from "../core/problem.js";
import type { DenialBuffer } from "../denials/denialBuffer.js";
import { claimedPlace } from "../places/provePlace.js";
import type { UsageBuffer } from "../usage/usageBuffer.js";
import { AccessAttempt, type AccessRequest, type Grant } from "./accessAttempt.js";
import type { Check, CheckDeps, MaybePromise } from "./check.js";
import {
	addressIsAllowed,
	keyIsActive,
	kindIsAccepted,
	scopeIsGranted,
	tokenIsCurrent,
	workspaceIsActive,
} from "./keyChecks.js";
import type { KeyResolver, ResolvedKey } from "./keyResolver.js";
import { countAgainstLimits, quotaHasRoom, quotaIsLoaded, rateLimitHasRoom } from "./limitChecks.js";
import { placeIsAllowed } from "./placeChecks.js";

/**
 * May this key be used at all, from this address, for this kind of endpoint?
 * Before these comes the token itself (`KeyResolver`): `key_unknown`.
 */
const identityChecks: readonly Check[] = [
	keyIsActive, // key_revoked, key_disabled, key_expired, key_idle
	tokenIsCurrent, // token_rotated
	workspaceIsActive, // workspace_suspended
	addressIsAllowed, // ip_not_allowed
	kindIsAccepted, // kind_not_allowed
];

/** May it make this request? These come after the input was read and found valid. */
const admissionChecks: readonly Check[] = [
	placeIsAllowed, // place_mismatch, place_missing, place_unproven, place_not_allowed, place_inactive
	scopeIsGranted, // scope_missing
	quotaIsLoaded,
	rateLimitHasRoom, // rate_limited
	quotaHasRoom, // quota_exceeded
];

export interface GateDeps extends CheckDeps {
	readonly keyResolver: KeyResolver;
	readonly usageBuffer: UsageBuffer;
	readonly denials: DenialBuffer;
}

/**
 * The checks between a request's token and its handler, in their order: the
 * first that fails decides the response. Runs synchronously when everything
 * needed is in memory. A denied request consumes nothing and does not count as
 * use.
 */
export class Gate {
	constructor(private readonly deps: GateDeps) {}

	/** Resolves the token and runs the identity checks. The attempt goes on to `admit`. */
	identify(token: string, request: AccessRequest): MaybePromise<AccessAttempt | Problem> {
		const resolvedKey = this.deps.keyResolver.resolveKey(token);
		if (resolvedKey instanceof Promise) return this.#identifyLater(resolvedKey, request);
		return this.#identify(resolvedKey, request);
	}

	/** Like `identify`, for a token that a backend of this workspace received: it knows no keys of other workspaces. */
	async identifyForWorkspace(
		token: string,
		request: AccessRequest,
		workspaceId: string | undefined,
	): Promise<AccessAttempt | Problem> {
		const resolvedKey = await this.deps.keyResolver.resolveKey(token);
		if (resolvedKey instanceof Problem) return resolvedKey;
		const key = resolvedKey.key.value.record;
		if (key.workspaceId === undefined || key.workspaceId !== workspaceId) return new Problem("key_unknown");
		return this.#identify(resolvedKey, request);
	}

	/** Runs the admission checks and counts the request, as accepted or as denied. */
	admit(attempt: AccessAttempt): MaybePromise<Grant | Problem> {
		const problem = runChecks(admissionChecks, attempt, this.deps);
		if (problem instanceof Promise) return this.#admitLater(attempt, problem);
		return this.#admit(attempt, problem);
	}

	#identify(
		resolvedKey: ResolvedKey | Problem,
		request: AccessRequest,
	): MaybePromise<AccessAttempt | Problem> {
		if (resolvedKey instanceof Problem) return resolvedKey;
		const attempt = new AccessAttempt(request, resolvedKey);
		const problem = runChecks(identityChecks, attempt, this.deps);
		if (problem === undefined) return attempt;
		return problem instanceof Promise ? this.#denyLater(attempt, problem) : this.#deny(attempt, problem);
	}

	#admit(attempt: AccessAttempt, problem: Problem | undefined): Grant | Problem {
		if (problem !== undefined) return this.#deny(attempt, problem);
		countAgainstLimits(attempt, this.deps);
		this.#recordUse(attempt);
		return attempt;
	}

	// The same for what has to wait. In functions of their own, so that requests which need not wait create no closures.

	async #identifyLater(resolvedKey: Promise<ResolvedKey | Problem>, request: AccessRequest) {
		return this.#identify(await resolvedKey, request);
	}

	async #admitLater(attempt: AccessAttempt, pending: Promise<Problem | undefined>) {
		return this.#admit(attempt, await pending);
	}

	async #denyLater(attempt: AccessAttempt, pending: Promise<Problem | undefined>) {
		const problem = await pending;
		return problem === undefined ? attempt : this.#deny(attempt, problem);
	}

	#recordUse({ key, request, resolvedKey, place, quota }: AccessAttempt): void {
		const { record } = key;
		const now = this.deps.clock.now();
		key.lastUsedAt = now;
		this.deps.usageBuffer.accepted(record, {
			at: now,
			address: request.address,
			placeId: place?.record.id,
			quotaPeriodStart: quota?.periodStart,
			rotatedAt: resolvedKey.rotatedOutAt === undefined ? undefined : record.rotatedAt,
		});
	}

	/** Records the denial, with the place the request claimed to come from. */
	#deny({ key: { record: key }, request }: AccessAttempt, problem: Problem): Problem {
		const { usageBuffer, denials, clock, settings } = this.deps;
		const at = clock.now();
		usageBuffer.denied(key, at);
		problem.deniedIn = key.workspaceId;
		const { code } = problem;
		denials.add({
			...claimedPlace(request, settings.robloxNetworks),
			key,
			code,
			detail: problem.details.detail,
			scope: code === "scope_missing" ? request.scope : undefined,
			address: request.address,
			at,
		});
		return problem;
	}
}

/** The problem of the first check that fails; a promise only once a check has to wait. */
function runChecks(
	checks: readonly Check[],
	attempt: AccessAttempt,
	deps: CheckDeps,
	start = 0,
): MaybePromise<Problem | undefined> {
	for (let at = start; at < checks.length; at++) {
		const problem = checks[at]?.(attempt, deps);
		if (problem === undefined) continue;
		return problem instanceof Promise ? resumeChecks(problem, checks, attempt, deps, at + 1) : problem;
	}
	return undefined;
}

/** A function of its own: a closure in the loop would allocate for every check of every request. */
async function resumeChecks(
	pending: Promise<Problem | undefined>,
	checks: readonly Check[],
	attempt: AccessAttempt,
	deps: CheckDeps,
	next: number,
): Promise<Problem | undefined> {
	return (await pending) ?? runChecks(checks, attempt, deps, next);
}
