import { Problem } from "../core/problem.js";
import type { PlaceRecord } from "../model/place.js";
import type { PlaceProof } from "../model/placeProof.js";
import { provePlace } from "../places/provePlace.js";
import type { Entry } from "../primitives/recordCache.js";
import type { AccessAttempt } from "./accessAttempt.js";
import type { CheckDeps, MaybePromise } from "./check.js";
import type { UsedPlace } from "./keyResolver.js";

/**
 * For game keys: `place_mismatch`, `place_missing` or `place_unproven` (from
 * `provePlace`), `place_not_allowed` or `place_inactive`.
 */
export function placeIsAllowed(attempt: AccessAttempt, deps: CheckDeps): MaybePromise<Problem | undefined> {
	const { key, workspace, request, resolvedKey } = attempt;
	if (key.record.kind !== "game") return undefined;
	const { records, settings, clock } = deps;
	const proven = provePlace(request, workspace?.placeProof ?? settings.placeProof, settings.robloxNetworks);
	if (proven instanceof Problem) return proven;
	const { placeId, proof } = proven;
	if (key.placeIds !== undefined && !key.placeIds.has(placeId)) {
		return new Problem("place_not_allowed", {
			detail: `Place ${placeId} is not among the places this key is limited to.`,
		});
	}
	const used = resolvedKey.places.get(placeId);
	if (used !== undefined && records.placeUsable(used.entry, clock.monotonic())) {
		return checkRecord(attempt, used, placeId, proof);
	}
	const entry = records.place(key.record.workspaceId ?? "", placeId);
	if (entry instanceof Promise) return firstUseOnce(entry, attempt, placeId, proof);
	return firstUse(attempt, entry, placeId, proof);
}

async function firstUseOnce(
	loading: Promise<Entry<PlaceRecord>>,
	attempt: AccessAttempt,
	placeId: string,
	proof: PlaceProof,
): Promise<Problem | undefined> {
	return firstUse(attempt, await loading, placeId, proof);
}

function firstUse(
	attempt: AccessAttempt,
	entry: Entry<PlaceRecord>,
	placeId: string,
	proof: PlaceProof,
): Problem | undefined {
	const used: UsedPlace = { entry, verifyResponses: {} };
	// Only places of the allow-list are kept: a request can name any number of others.
	if (entry.value !== undefined) attempt.resolvedKey.places.set(placeId, used);
	return checkRecord(attempt, used, placeId, proof);
}

function checkRecord(
	attempt: AccessAttempt,
	{ entry: { value: record }, verifyResponses }: UsedPlace,
	placeId: string,
	proof: PlaceProof,
): Problem | undefined {
	if (record === undefined) {
		return new Problem("place_not_allowed", {
			detail: `Place ${placeId} is not on the allow-list of this key's workspace.`,
		});
	}
	if (record.status !== "active") {
		return new Problem("place_inactive", { detail: `Place ${placeId} is inactive.` });
	}
	attempt.place = { record, proof, verifyResponses };
	return undefined;
}
