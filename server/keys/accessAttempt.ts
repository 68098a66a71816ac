import type { LimitReport } from "../core/problem.js";
import type { KeyKind } from "../model/key.js";
import type { PlaceRecord } from "../model/place.js";
import type { PlaceProof } from "../model/placeProof.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { PlaceEvidence } from "../places/provePlace.js";
import type { CachedKey } from "./cachedKey.js";
import type { ResolvedKey, UsedPlace } from "./keyResolver.js";

/** The facts of a request that the checks look at. Created once per request. */
export interface AccessRequest extends PlaceEvidence {
	/** The kind of key the endpoint accepts; undefined: any kind, because another backend asks about the key. */
	readonly acceptedKind: KeyKind | undefined;
	/** The scope the endpoint requires. */
	readonly scope: string | undefined;
	/** Undefined until the body has been read. */
	claimedPlaceId: string | undefined;
}

export interface GrantedPlace {
	readonly record: PlaceRecord;
	readonly proof: PlaceProof;
	readonly verifyResponses: UsedPlace["verifyResponses"];
}

/** A request that passed every check. */
export interface Grant {
	readonly resolvedKey: ResolvedKey;
	/** Undefined unless the key is a game key. */
	readonly place: GrantedPlace | undefined;
	readonly limits: readonly LimitReport[];
}

const noLimits: readonly LimitReport[] = [];

/** A request with a known token on its way through the checks. It becomes the grant once all have passed. */
export class AccessAttempt implements Grant {
	readonly key: CachedKey;
	/** Undefined for admin keys. */
	readonly workspace: WorkspaceRecord | undefined;
	/** Found by `placeIsAllowed`. */
	place: GrantedPlace | undefined = undefined;
	/** Found by `quotaHasRoom`: the quota's period, milliseconds since the epoch, and what this request leaves of it. */
	quota: { readonly periodStart: number; readonly report: LimitReport } | undefined = undefined;
	/** What `countAgainstLimits` left of the key's limits. */
	limits: readonly LimitReport[] = noLimits;

	constructor(
		readonly request: AccessRequest,
		readonly resolvedKey: ResolvedKey,
	) {
		this.key = resolvedKey.key.value;
		this.workspace = resolvedKey.workspace?.value;
	}
}
