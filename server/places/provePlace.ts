import { placeProofs } from "../../shared/endpoints/records.js";
import { Problem } from "../core/problem.js";
import type { AddressList } from "../isomorphic/addresses.js";
import type { PlaceProof } from "../model/placeProof.js";

/** What a request reveals about the place it comes from. */
export interface PlaceEvidence {
	/** Normalized. */
	readonly address: string;
	/** The Roblox-Id header as sent. Roblox sets it itself; a script inside Roblox cannot. */
	readonly robloxId: string | undefined;
	/** `placeId` of the body, as digits. */
	readonly claimedPlaceId: string | undefined;
}

export interface ProvenPlace {
	readonly placeId: string;
	readonly proof: PlaceProof;
}

/**
 * The place a request comes from and how well that is proven, or why it is
 * unknown. A header that is not a place ID (0 for an unpublished place, or
 * several headers joined together) proves nothing and counts as absent.
 */
export function provePlace(
	evidence: PlaceEvidence,
	required: PlaceProof,
	robloxNetworks: AddressList,
): ProvenPlace | Problem {
	const header = isPlaceId(evidence.robloxId) ? evidence.robloxId : undefined;
	const claimed = evidence.claimedPlaceId;
	if (header !== undefined && claimed !== undefined && header !== claimed) {
		return new Problem("place_mismatch", {
			detail: `The body says place ${claimed}, the Roblox-Id header says ${header}.`,
		});
	}
	const placeId = header ?? claimed;
	if (placeId === undefined) return new Problem("place_missing");
	const proof = header === undefined ? "claimed" : headerProof(evidence.address, robloxNetworks);
	if (placeProofs.indexOf(proof) < placeProofs.indexOf(required)) {
		return new Problem("place_unproven", {
			detail: `Place ${placeId} is proven by "${proof}"; this workspace requires "${required}".`,
		});
	}
	return { placeId, proof };
}

/** The place a denied request named, as its denial records it. */
export interface ClaimedPlace {
	readonly placeId?: string;
	readonly proof?: PlaceProof;
	/** The place in the body, if the header named another. */
	readonly claimedPlaceId?: string;
}

/** The largest Roblox ID, 2^63 - 1. It has as many digits as `isPlaceId` allows. */
const maxPlaceId = "9223372036854775807";

export function claimedPlace(evidence: PlaceEvidence, robloxNetworks: AddressList): ClaimedPlace {
	const { address, robloxId, claimedPlaceId } = evidence;
	const hasHeader = isPlaceId(robloxId) && (robloxId.length < maxPlaceId.length || robloxId <= maxPlaceId);
	if (!hasHeader) return claimedPlaceId === undefined ? {} : { placeId: claimedPlaceId, proof: "claimed" };
	const proof = headerProof(address, robloxNetworks);
	return { placeId: robloxId, proof, ...(claimedPlaceId === robloxId ? {} : { claimedPlaceId }) };
}

function headerProof(address: string, robloxNetworks: AddressList): PlaceProof {
	return robloxNetworks(address) ? "network" : "header";
}

function isPlaceId(text: string | undefined): text is string {
	return text !== undefined && /^[1-9]\d{0,18}$/.test(text);
}
