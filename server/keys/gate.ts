import { type LimitReport, Problem } from "../core/problem.js";
import type { DenialGatherer } from "../denials/denialBuffer.js";
import type { AddressList } from "../isomorphic/addresses.js";
import type { KeyKind } from "../model/key.js";
import { idleAt, keyState } from "../model/keyState.js";
import type { PlaceRecord } from "../model/place.js";
import type { PlaceProof } from "../model/placeProof.js";
import { type PlaceEvidence, placeSaid, provePlace } from "../places/checkPlace.js";
import type { Clock } from "../primitives/clock.js";
import type { Entry } from "../primitives/recordCache.js";
import type { SlidingWindows } from "../primitives/slidingWindow.js";
import type { UsageStore } from "../store/store.js";
import { type QuotaCounters, quotaPeriod } from "../usage/quotaCounters.js";
import type { UsageGatherer } from "../usage/usageBuffer.js";
import type { Identity, KnownPlace, Recogniser } from "./keyResolver.js";
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
export interface Admission {
	readonly identity: Identity;
	readonly place?: {
		readonly record: PlaceRecord;
		readonly proof: PlaceProof;
		readonly verifications: KnownPlace["verifications"];
	};
	readonly limits: readonly LimitReport[];
}

type Eventually<T> = T | Promise<T>;

const noLimits: readonly LimitReport[] = [];

/** How often, in milliseconds, an idle key's last use is asked of the store again. */
const idleRecheckMs = 5_000;

/**
 * The checks between a recognised token and a handler, in their order: state,
 * workspace, address, kind, place, scope, rate limit, quota. Answers at once
 * when everything needed is in memory. A refused call consumes nothing and
 * does not count as use.
 */
export class Gate {
	readonly #idleChecks = new WeakMap<KnownKey, { readonly at: number; answer: Promise<void> | undefined }>();

	constructor(
		private readonly parts: {
			readonly recogniser: Recogniser;
			readonly records: Records;
			readonly windows: SlidingWindows;
			readonly quotas: QuotaCounters;
			readonly gatherer: UsageGatherer;
			readonly denials: DenialGatherer;
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
	): Promise<Identity | Problem> {
		const identity = await this.parts.recogniser.recognise(token);
		if (identity instanceof Problem) return identity;
		const key = identity.key.value.record;
		if (key.workspaceId === undefined || key.workspaceId !== workspaceId) return new Problem("key_unknown");
		return this.#judge(identity, address, robloxId);
	}

	/** State, workspace, address and kind: whether the key may make calls of this kind at all, from here. */
	identify(
		token: string,
		address: string,
		caller: KeyKind,
		robloxId: string | undefined,
	): Eventually<Identity | Problem> {
		const identity = this.parts.recogniser.recognise(token);
		if (identity instanceof Promise) {
			return identity.then((found) => this.#judgeFor(caller, found, address, robloxId));
		}
		return this.#judgeFor(caller, identity, address, robloxId);
	}

	/** Place, scope, rate limit and quota: whether the key may make this call. Counts the call, either way. */
	admit(identity: Identity, ask: Ask): Eventually<Admission | Problem> {
		if (identity.key.value.record.kind !== "game") return this.#grant(identity, ask, undefined);
		const place = this.#placeOf(identity, ask);
		if (place instanceof Promise) return place.then((found) => this.#admitFrom(identity, ask, found));
		return this.#admitFrom(identity, ask, place);
	}

	#admitFrom(identity: Identity, ask: Ask, place: NonNullable<Admission["place"]> | Problem) {
		if (place instanceof Problem) return this.#refuse(identity, place, ask);
		return this.#grant(identity, ask, place);
	}

	#judgeFor(
		caller: KeyKind,
		identity: Identity | Problem,
		address: string,
		robloxId: string | undefined,
	): Eventually<Identity | Problem> {
		const judged = this.#judge(identity, address, robloxId);
		if (judged instanceof Promise) {
			return judged.then((found) => this.#checkKind(caller, found, address, robloxId));
		}
		return this.#checkKind(caller, judged, address, robloxId);
	}

	#checkKind(
		caller: KeyKind,
		identity: Identity | Problem,
		address: string,
		robloxId: string | undefined,
	): Identity | Problem {
		if (identity instanceof Problem) return identity;
		const { kind } = identity.key.value.record;
		if (kind === caller) return identity;
		const detail = `This call takes a key of kind ${caller}; the token is of a ${kind} key.`;
		return this.#refuse(identity, new Problem("kind_not_allowed", { detail }), { address, robloxId });
	}

	#judge(
		identity: Identity | Problem,
		address: string,
		robloxId: string | undefined,
	): Eventually<Identity | Problem> {
		if (identity instanceof Problem) return identity;
		const key = identity.key.value;
		const workspace = identity.workspace?.value;
		const now = this.parts.clock.now();
		const state = keyState(key.record, now, { idleDays: workspace?.idleDays, lastUsedAt: key.lastUsedAt });
		const learning = state === "idle" ? this.#learnLastUse(key) : undefined;
		if (learning !== undefined) return learning.then(() => this.#judge(identity, address, robloxId));
		if (state !== "active") return this.#refuse(identity, new Problem(`key_${state}`), { address, robloxId });
		if (identity.rotatedOutAt !== undefined && now >= identity.rotatedOutAt) {
			const detail = "This token was rotated out, and the overlap in which it was still honoured is over.";
			return this.#refuse(identity, new Problem("key_expired", { detail }), { address, robloxId });
		}
		if (workspace !== undefined && workspace.status !== "active") {
			return this.#refuse(identity, new Problem("workspace_suspended"), { address, robloxId });
		}
		if (key.allowedIps !== undefined && !key.allowedIps(address)) {
			const detail = `The call came from ${address || "an unknown address"}.`;
			return this.#refuse(identity, new Problem("ip_not_allowed", { detail }), { address, robloxId });
		}
		return identity;
	}

	/** Asks when the key was last used, unless that was asked lately. Calls that come meanwhile wait for the one answer. */
	#learnLastUse(key: KnownKey): Promise<void> | undefined {
		const now = this.parts.clock.monotonic();
		const asked = this.#idleChecks.get(key);
		if (asked !== undefined && (asked.answer !== undefined || now - asked.at < idleRecheckMs))
			return asked.answer;
		const check: { readonly at: number; answer: Promise<void> | undefined } = { at: now, answer: undefined };
		check.answer = this.parts.recogniser.learnLastUse(key).finally(() => {
			check.answer = undefined;
		});
		this.#idleChecks.set(key, check);
		return check.answer;
	}

	#placeOf(identity: Identity, ask: Ask): Eventually<NonNullable<Admission["place"]> | Problem> {
		const key = identity.key.value;
		const workspaceId = key.record.workspaceId ?? "";
		const { settings } = this.parts;
		const evidence: PlaceEvidence = {
			header: ask.robloxId,
			claimed: ask.claimedPlaceId,
			fromRobloxNetwork: settings.robloxNetworks(ask.address),
		};
		const proven = provePlace(evidence, identity.workspace?.value.placeProof ?? settings.placeProof);
		if (proven instanceof Problem) return proven;
		const { placeId, proof } = proven;
		if (key.placeIds !== undefined && !key.placeIds.has(placeId)) {
			return new Problem("place_not_allowed", {
				detail: `Place ${placeId} is not among the places this key is narrowed to.`,
			});
		}
		const known = identity.places.get(placeId);
		if (known !== undefined && this.parts.records.placeUsable(known.entry, this.parts.clock.monotonic())) {
			return judgePlace(known, placeId, proof);
		}
		const entry = this.parts.records.place(workspaceId, placeId);
		const learn = (found: Entry<PlaceRecord>) => {
			const place: KnownPlace = { entry: found, verifications: {} };
			// Only places of the allow-list are kept: a key can name any number of others.
			if (found.value !== undefined) identity.places.set(placeId, place);
			return judgePlace(place, placeId, proof);
		};
		return entry instanceof Promise ? entry.then(learn) : learn(entry);
	}

	#grant(identity: Identity, ask: Ask, place: Admission["place"]): Eventually<Admission | Problem> {
		const key = identity.key.value;
		if (ask.scope !== undefined && !grants(key, ask.scope)) {
			return this.#refuse(
				identity,
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
					return this.#count(identity, ask, place);
				});
			}
		}
		if (rateLimit === undefined && quota === undefined) {
			this.#accept(identity, ask, place, undefined);
			return { identity, place, limits: noLimits };
		}
		return this.#count(identity, ask, place);
	}

	/** Rate limit, then quota; both are consumed only when both have room. */
	#count(identity: Identity, ask: Ask, place: Admission["place"]): Admission | Problem {
		const { id, rateLimit, quota } = identity.key.value.record;
		const { clock, windows, quotas } = this.parts;
		const limits: LimitReport[] = [];
		const tooMany = (code: "rate_limited" | "quota_exceeded", report: LimitReport) =>
			this.#refuse(
				identity,
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
		this.#accept(identity, ask, place, periodStart);
		return { identity, place, limits };
	}

	#accept(
		identity: Identity,
		ask: Ask,
		place: Admission["place"],
		quotaPeriodStart: number | undefined,
	): void {
		const key = identity.key.value;
		const now = this.parts.clock.now();
		key.lastUsedAt = now;
		const previousOf = identity.rotatedOutAt === undefined ? undefined : key.record.rotatedAt;
		const { gatherer } = this.parts;
		gatherer.accepted(key.record, now, ask.address, place?.record.id, quotaPeriodStart, previousOf);
	}

	/** Records a refusal, with what the call said of where it comes from. */
	#refuse(identity: Identity, problem: Problem, ask: Ask): Problem {
		const { gatherer, denials, clock, settings } = this.parts;
		const { record: key } = identity.key.value;
		const { address } = ask;
		const at = clock.now();
		gatherer.refused(key, at);
		problem.refusedIn = key.workspaceId;
		const said = placeSaid({
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
): NonNullable<Admission["place"]> | Problem {
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
export function goodUntil(identity: Identity): number {
	const { record, lastUsedAt } = identity.key.value;
	const idleDays = identity.workspace?.value.idleDays;
	return Math.min(
		record.expiresAt ?? Number.POSITIVE_INFINITY,
		identity.rotatedOutAt ?? Number.POSITIVE_INFINITY,
		idleDays === undefined ? Number.POSITIVE_INFINITY : idleAt(record, idleDays, lastUsedAt),
	);
}
