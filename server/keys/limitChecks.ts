import { type LimitReport, Problem } from "../core/problem.js";
import type { RateLimit } from "../model/key.js";
import type { RateLimitResult } from "../primitives/slidingWindow.js";
import type { UsageStore } from "../store/store.js";
import { type QuotaCounters, quotaPeriod } from "../usage/quotaCounters.js";
import type { AccessAttempt } from "./accessAttempt.js";
import type { CheckDeps } from "./check.js";

/**
 * Loads what the store has counted of the quota, once per key and period.
 * Denies nothing. It comes before both limits, so that nothing waits between
 * checking them and counting the request against them.
 */
export function quotaIsLoaded({ key }: AccessAttempt, deps: CheckDeps): Promise<undefined> | undefined {
	const { id, quota } = key.record;
	if (quota === undefined) return undefined;
	const { quotas, usage, clock } = deps;
	const { start } = quotaPeriod(quota, clock.now());
	if (quotas.used(id, start) !== undefined) return undefined;
	return loadQuota(usage, quotas, id, start);
}

async function loadQuota(
	usage: UsageStore,
	quotas: QuotaCounters,
	keyId: string,
	periodStart: number,
): Promise<undefined> {
	await quotas.loadOnce(keyId, periodStart, () => usage.quotaUsed(keyId, periodStart));
	return undefined;
}

/** `rate_limited`. */
export function rateLimitHasRoom({ key }: AccessAttempt, deps: CheckDeps): Problem | undefined {
	const { id, rateLimit } = key.record;
	if (rateLimit === undefined) return undefined;
	const verdict = deps.rateLimits.peek(id, rateLimit, deps.clock.monotonic());
	return verdict.allowed ? undefined : exceeded("rate_limited", rateLimitReport(rateLimit, verdict));
}

/** `quota_exceeded`. */
export function quotaHasRoom(attempt: AccessAttempt, { quotas, clock }: CheckDeps): Problem | undefined {
	const { id, quota } = attempt.key.record;
	if (quota === undefined) return undefined;
	const now = clock.now();
	const { start, end } = quotaPeriod(quota, now);
	const left = quota.limit - (quotas.used(id, start) ?? 0);
	const report: LimitReport = {
		name: "quota",
		limit: quota.limit,
		windowSeconds: (end - start) / 1000,
		remaining: Math.max(0, left - 1),
		resetSeconds: Math.ceil((end - now) / 1000),
	};
	if (left <= 0) return exceeded("quota_exceeded", report);
	attempt.quota = { periodStart: start, report };
	return undefined;
}

/** Counts the request against the rate limit and the quota; only once both have room. */
export function countAgainstLimits(attempt: AccessAttempt, deps: CheckDeps): void {
	const { key, quota } = attempt;
	const { id, rateLimit } = key.record;
	if (rateLimit === undefined && quota === undefined) return;
	const limits: LimitReport[] = [];
	if (rateLimit !== undefined) {
		limits.push(rateLimitReport(rateLimit, deps.rateLimits.take(id, rateLimit, deps.clock.monotonic())));
	}
	if (quota !== undefined) {
		deps.quotas.count(id);
		limits.push(quota.report);
	}
	attempt.limits = limits;
}

function exceeded(code: "rate_limited" | "quota_exceeded", report: LimitReport): Problem {
	return new Problem(code, { retryAfterSeconds: report.resetSeconds, limits: [report] });
}

function rateLimitReport(rateLimit: RateLimit, { remaining, resetSeconds }: RateLimitResult): LimitReport {
	return { name: "key", ...rateLimit, remaining, resetSeconds };
}
