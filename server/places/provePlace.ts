import { placeProofs } from "../../shared/endpoints/records.js";
import { Problem } from "../core/problem.js";
import type { PlaceProof } from "../model/placeProof.js";

/** What a call says of where it comes from. */
export interface PlaceEvidence {
	/** The Roblox-Id header, which Roblox sets itself and a script inside Roblox cannot. */
	readonly header?: string;
	/** `placeId` of the body, as digits. */
	readonly claimed?: string;
	/** Whether the caller's address is in a configured Roblox network. */
	readonly fromRobloxNetwork: boolean;
}

export interface ProvenPlace {
	readonly placeId: string;
	readonly proof: PlaceProof;
}

/**
 * Which place a call comes from and how well that is proven, or why it cannot
 * be told. A header that is no id (0 for an unpublished place, or several
 * headers run together) proves nothing and counts as absent.
 */
export function provePlace(evidence: PlaceEvidence, required: PlaceProof): ProvenPlace | Problem {
	const header = isPlaceId(evidence.header) ? evidence.header : undefined;
	const { claimed } = evidence;
	if (header !== undefined && claimed !== undefined && header !== claimed) {
		return new Problem("place_mismatch", {
			detail: `The body says place ${claimed}, the Roblox-Id header says ${header}.`,
		});
	}
	const placeId = header ?? claimed;
	if (placeId === undefined) return new Problem("place_missing");
	const proof = header === undefined ? "claimed" : evidence.fromRobloxNetwork ? "network" : "header";
	if (placeProofs.indexOf(proof) < placeProofs.indexOf(required)) {
		return new Problem("place_unproven", {
			detail: `Place ${placeId} is proven by "${proof}"; this workspace wants "${required}".`,
		});
	}
	return { placeId, proof };
}

/** What a call says of its place, for the record of those that are refused. */
export interface ClaimedPlace {
	readonly placeId?: string;
	readonly proof?: PlaceProof;
	/** What the body said, where the header said otherwise. */
	readonly claimedPlaceId?: string;
}

/** The largest id Roblox can hold, 2^63 - 1: of as many digits as `isPlaceId` lets through. */
const largestId = "9223372036854775807";

export function claimedPlace(evidence: PlaceEvidence): ClaimedPlace {
	const { header, claimed, fromRobloxNetwork } = evidence;
	const named = isPlaceId(header) && (header.length < largestId.length || header <= largestId);
	if (!named) return claimed === undefined ? {} : { placeId: claimed, proof: "claimed" };
	const proof = fromRobloxNetwork ? "network" : "header";
	return { placeId: header, proof, ...(claimed === header ? {} : { claimedPlaceId: claimed }) };
}

function isPlaceId(text: string | undefined): text is string {
	return text !== undefined && /^[1-9]\d{0,18}$/.test(text);
}
