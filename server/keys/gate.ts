import { type LimitReport, Problem } from "../core/problem.js";
import type { DenialBuffer } from "../denials/denialBuffer.js";
import type { AddressList } from "../isomorphic/addresses.js";
import type { KeyKind } from "../model/key.js";
import { idleAt, keyStatus } from "../model/keyStatus.js";
import type { PlaceRecord } from "../model/place.js";
import type { PlaceProof } from "../model/placeProof.js";
import { claimedPlace, type PlaceEvidence, provePlace } from "../places/checkPlace.js";
import type { Clock } from "../primitives/clock.js";
import type { Entry } from "../primitives/recordCache.js";
import type { SlidingWindows } from "../primitives/slidingWindow.js";
import type { UsageStore } from "../store/store.js";
import { type QuotaCounters, quotaPeriod } from "../usage/quotaCounters.js";
import type { UsageBuffer } from "../usage/usageBuffer.js";
import type { KeyResolver, KnownPlace, ResolvedKey } from "./keyResolver.js";
import { grants, type KnownKey } from "./knownKey.js";
import type { Records } from "./records.js";

export interface PlaceSettings {
	/** The least proof of the place, for workspaces that do not say. */
	readonly placeProof: PlaceProof;
	readonly robloxNetworks: AddressList;
}

/** What a call asks for, beyond being made with a good key. */
export interface Ask {
	readonly scope?: string;
	/** The caller's address, in its plain spelling. */
	readonly address: string;
	/** The Roblox-Id header and the body's placeId, as far as they were sent. */
	readonly robloxId?: string;
	readonly claimedPlaceId?: string;
}

/** A call that passed every check. */
export interface Grant {
	readonly resolvedKey: ResolvedKey;
	readonly place?: {
		readonly record: PlaceRecord;
		readonly proof: PlaceProof;
		readonly verifications: KnownPlace["verifications"];
	};
	readonly limits: readonly LimitReport[];
}

type MaybePromise<T> = T | Promise<T>;

const noLimits: readonly LimitReport[] = [];

/** How often, in milliseconds, an idle key's last use is asked of the store again. */
const idleRecheckMs = 5_000;

/**
 * The checks between a recognised token and a handler, in their order: status,
 * workspace, address, kind, place, scope, rate limit, quota. Answers at once
 * when everything needed is in memory. A refused call consumes nothing and
 * does not count as use.
 */
export class Gate {
	readonly #idleChecks = new WeakMap<KnownKey, { readonly at: number; answer: Promise<void> | undefined }>();

	constructor(
		private readonly parts: {
			readonly keyResolver: KeyResolver;
			readonly records: Records;
			readonly windows: SlidingWindows;
			readonly quotas: QuotaCounters;
			readonly usageBuffer: UsageBuffer;
			readonly denials: DenialBuffer;
			readonly usage: UsageStore;
			readonly clock: Clock;
			readonly settings: PlaceSettings;
		},
	) {}

	/** As `identify`, for a token presented to a key of this workspace: those of others are unknown to it. */
	async identifyForWorkspace(
		token: string,
		workspaceId: string | undefined,
		address: string,
		robloxId: string | undefined,
	): Promise<ResolvedKey | Problem> {
		const resolvedKey = await this.parts.keyResolver.resolveKey(token);
		if (resolvedKey instanceof Problem) return resolvedKey;
		const key = resolvedKey.key.value.record;
		if (key.workspaceId === undefined || key.workspaceId !== workspaceId) return new Problem("key_unknown");
		return this.#judge(resolvedKey, address, robloxId);
	}

	/** State, workspace, address and kind: whether the key may make calls of this kind at all, from here. */
	identify(
		token: string,
		address: string,
		caller: KeyKind,
		robloxId: string | undefined,
	): MaybePromise<ResolvedKey | Problem> {
		const resolvedKey = this.parts.keyResolver.resolveKey(token);
		if (resolvedKey instanceof Promise) {
			return resolvedKey.then((found) => this.#judgeFor(caller, found, address, robloxId));
		}
		return this.#judgeFor(caller, resolvedKey, address, robloxId);
	}

	/** Place, scope, rate limit and quota: whether the key may make this call. Counts the call, either way. */
	admit(resolvedKey: ResolvedKey, ask: Ask): MaybePromise<Grant | Problem> {
		if (resolvedKey.key.value.record.kind !== "game") return this.#grant(resolvedKey, ask, undefined);
		const place = this.#placeOf(resolvedKey, ask);
		if (place instanceof Promise) return place.then((found) => this.#admitFrom(resolvedKey, ask, found));
		return this.#admitFrom(resolvedKey, ask, place);
	}

	#admitFrom(resolvedKey: ResolvedKey, ask: Ask, place: NonNullable<Grant["place"]> | Problem) {
		if (place instanceof Problem) return this.#refuse(resolvedKey, place, ask);
		return this.#grant(resolvedKey, ask, place);
	}

	#judgeFor(
		caller: KeyKind,
		resolvedKey: ResolvedKey | Problem,
		address: string,
		robloxId: string | undefined,
	): MaybePromise<ResolvedKey | Problem> {
		const judged = this.#judge(resolvedKey, address, robloxId);
		if (judged instanceof Promise) {
			return judged.then((found) => this.#checkKind(caller, found, address, robloxId));
		}
		return this.#checkKind(caller, judged, address, robloxId);
	}

	#checkKind(
		caller: KeyKind,
		resolvedKey: ResolvedKey | Problem,
		address: string,
		robloxId: string | undefined,
	): ResolvedKey | Problem {
		if (resolvedKey instanceof Problem) return resolvedKey;
		const { kind } = resolvedKey.key.value.record;
		if (kind === caller) return resolvedKey;
		const detail = `This call takes a key of kind ${caller}; the token is of a ${kind} key.`;
		return this.#refuse(resolvedKey, new Problem("kind_not_allowed", { detail }), { address, robloxId });
	}

	#judge(
		resolvedKey: ResolvedKey | Problem,
		address: string,
		robloxId: string | undefined,
	): MaybePromise<ResolvedKey | Problem> {
		if (resolvedKey instanceof Problem) return resolvedKey;
		const key = resolvedKey.key.value;
		const workspace = resolvedKey.workspace?.value;
		const now = this.parts.clock.now();
		const status = keyStatus(key.record, now, { idleDays: workspace?.idleDays, lastUsedAt: key.lastUsedAt });
		const learning = status === "idle" ? this.#learnLastUse(key) : undefined;
		if (learning !== undefined) return learning.then(() => this.#judge(resolvedKey, address, robloxId));
		if (status !== "active")
			return this.#refuse(resolvedKey, new Problem(`key_${status}`), { address, robloxId });
		if (resolvedKey.rotatedOutAt !== undefined && now >= resolvedKey.rotatedOutAt) {
			return this.#refuse(resolvedKey, new Problem("token_rotated"), { address, robloxId });
		}
		if (workspace !== undefined && workspace.status !== "active") {
			return this.#refuse(resolvedKey, new Problem("workspace_suspended"), { address, robloxId });
		}
		if (key.allowedIps !== undefined && !key.allowedIps(address)) {
			const detail = `The call came from ${address || "an unknown address"}.`;
			return this.#refuse(resolvedKey, new Problem("ip_not_allowed", { detail }), { address, robloxId });
		}
		return resolvedKey;
	}

	/** Asks when the key was last used, unless that was asked lately. Calls that come meanwhile wait for the one answer. */
	#learnLastUse(key: KnownKey): Promise<void> | undefined {
		const now = this.parts.clock.monotonic();
		const asked = this.#idleChecks.get(key);
		if (asked !== undefined && (asked.answer !== undefined || now - asked.at < idleRecheckMs))
			return asked.answer;
		const check: { readonly at: number; answer: Promise<void> | undefined } = { at: now, answer: undefined };
		check.answer = this.parts.keyResolver.learnLastUse(key).finally(() => {
			check.answer = undefined;
		});
		this.#idleChecks.set(key, check);
		return check.answer;
	}

	#placeOf(resolvedKey: ResolvedKey, ask: Ask): MaybePromise<NonNullable<Grant["place"]> | Problem> {
		const key = resolvedKey.key.value;
		const workspaceId = key.record.workspaceId ?? "";
		const { settings } = this.parts;
		const evidence: PlaceEvidence = {
			header: ask.robloxId,
			claimed: ask.claimedPlaceId,
			fromRobloxNetwork: settings.robloxNetworks(ask.address),
		};
		const proven = provePlace(evidence, resolvedKey.workspace?.value.placeProof ?? settings.placeProof);
		if (proven instanceof Problem) return proven;
		const { placeId, proof } = proven;
		if (key.placeIds !== undefined && !key.placeIds.has(placeId)) {
			return new Problem("place_not_allowed", {
				detail: `Place ${placeId} is not among the places this key is narrowed to.`,
			});
		}
		const known = resolvedKey.places.get(placeId);
		if (known !== undefined && this.parts.records.placeUsable(known.entry, this.parts.clock.monotonic())) {
			return judgePlace(known, placeId, proof);
		}
		const entry = this.parts.records.place(workspaceId, placeId);
		const learn = (found: Entry<PlaceRecord>) => {
			const place: KnownPlace = { entry: found, verifications: {} };
			// Only places of the allow-list are kept: a key can name any number of others.
			if (found.value !== undefined) resolvedKey.places.set(placeId, place);
			return judgePlace(place, placeId, proof);
		};
		return entry instanceof Promise ? entry.then(learn) : learn(entry);
	}

	#grant(resolvedKey: ResolvedKey, ask: Ask, place: Grant["place"]): MaybePromise<Grant | Problem> {
		const key = resolvedKey.key.value;
		if (ask.scope !== undefined && !grants(key, ask.scope)) {
			return this.#refuse(
				resolvedKey,
				new Problem("scope_missing", { detail: `The key lacks the scope ${ask.scope}.` }),
				ask,
			);
		}
		const { rateLimit, quota } = key.record;
		if (quota !== undefined) {
			const { start } = quotaPeriod(quota, this.parts.clock.now());
			if (this.parts.quotas.used(key.record.id, start) === undefined) {
				return this.parts.usage.quotaUsed(key.record.id, start).then((stored) => {
					this.parts.quotas.learn(key.record.id, start, stored);
					return this.#count(resolvedKey, ask, place);
				});
			}
		}
		if (rateLimit === undefined && quota === undefined) {
			this.#accept(resolvedKey, ask, place, undefined);
			return { resolvedKey, place, limits: noLimits };
		}
		return this.#count(resolvedKey, ask, place);
	}

	/** Rate limit, then quota; both are consumed only when both have room. */
	#count(resolvedKey: ResolvedKey, ask: Ask, place: Grant["place"]): Grant | Problem {
		const { id, rateLimit, quota } = resolvedKey.key.value.record;
		const { clock, windows, quotas } = this.parts;
		const limits: LimitReport[] = [];
		const tooMany = (code: "rate_limited" | "quota_exceeded", report: LimitReport) =>
			this.#refuse(
				resolvedKey,
				new Problem(code, { retryAfterSeconds: report.resetSeconds, limits: [...limits, report] }),
				ask,
			);
		if (rateLimit !== undefined) {
			const verdict = windows.peek(id, rateLimit, clock.monotonic());
			if (!verdict.allowed) return tooMany("rate_limited", { name: "key", ...rateLimit, ...verdict });
		}
		let periodStart: number | undefined;
		if (quota !== undefined) {
			const now = clock.now();
			const period = quotaPeriod(quota, now);
			periodStart = period.start;
			const left = quota.limit - (quotas.used(id, period.start) ?? 0);
			const report: LimitReport = {
				name: "quota",
				limit: quota.limit,
				windowSeconds: (period.end - period.start) / 1000,
				remaining: Math.max(0, left - 1),
				resetSeconds: Math.ceil((period.end - now) / 1000),
			};
			if (left <= 0) return tooMany("quota_exceeded", report);
			quotas.count(id);
			limits.push(report);
		}
		if (rateLimit !== undefined) {
			limits.unshift({ name: "key", ...rateLimit, ...windows.take(id, rateLimit, clock.monotonic()) });
		}
		this.#accept(resolvedKey, ask, place, periodStart);
		return { resolvedKey, place, limits };
	}

	#accept(
		resolvedKey: ResolvedKey,
		ask: Ask,
		place: Grant["place"],
		quotaPeriodStart: number | undefined,
	): void {
		const key = resolvedKey.key.value;
		const now = this.parts.clock.now();
		key.lastUsedAt = now;
		const previousOf = resolvedKey.rotatedOutAt === undefined ? undefined : key.record.rotatedAt;
		const { usageBuffer } = this.parts;
		usageBuffer.accepted(key.record, now, ask.address, place?.record.id, quotaPeriodStart, previousOf);
	}

	/** Records a refusal, with what the call said of where it comes from. */
	#refuse(resolvedKey: ResolvedKey, problem: Problem, ask: Ask): Problem {
		const { usageBuffer, denials, clock, settings } = this.parts;
		const { record: key } = resolvedKey.key.value;
		const { address } = ask;
		const at = clock.now();
		usageBuffer.refused(key, at);
		problem.deniedIn = key.workspaceId;
		const said = claimedPlace({
			header: ask.robloxId,
			claimed: ask.claimedPlaceId,
			fromRobloxNetwork: settings.robloxNetworks(address),
		});
		const { code } = problem;
		const scope = code === "scope_missing" ? ask.scope : undefined;
		denials.add({ ...said, key, code, detail: problem.details.detail, scope, address, at });
		return problem;
	}
}

function judgePlace(
	{ entry: { value: record }, verifications }: KnownPlace,
	placeId: string,
	proof: PlaceProof,
): NonNullable<Grant["place"]> | Problem {
	if (record === undefined) {
		return new Problem("place_not_allowed", {
			detail: `Place ${placeId} is not on the allow-list of this key's workspace.`,
		});
	}
	if (record.status !== "active") {
		return new Problem("place_inactive", { detail: `Place ${placeId} is inactive.` });
	}
	return { record, proof, verifications };
}

/** Until when nothing but a change can end what a key was just granted, milliseconds since the epoch. */
export function validUntil(resolvedKey: ResolvedKey): number {
	const { record, lastUsedAt } = resolvedKey.key.value;
	const idleDays = resolvedKey.workspace?.value.idleDays;
	return Math.min(
		record.expiresAt ?? Number.POSITIVE_INFINITY,
		resolvedKey.rotatedOutAt ?? Number.POSITIVE_INFINITY,
		idleDays === undefined ? Number.POSITIVE_INFINITY : idleAt(record, idleDays, lastUsedAt),
	);
}
