import type { EndpointRequest } from "../shared/endpoint.js";
import type { verify } from "../shared/endpoints/verify.js";
import { toRobloxId } from "./robloxId.js";

/** What `game` says about the server this script runs in. */
export interface PlaceFacts {
	readonly PlaceId: number;
	readonly GameId: number;
	readonly JobId: string;
	readonly PlaceVersion: number;
}

/** The same, as the API takes it; what Roblox does not know is left out. */
export interface Place {
	/** Left out in a place that was never published. */
	readonly placeId?: string;
	readonly universeId?: string;
	/** Left out in Studio. */
	readonly jobId?: string;
	readonly placeVersion?: number;
}

/** Longest JobId the contract takes. */
const longestJobId = 100;

export function readPlace(facts: PlaceFacts): Place {
	const hasJob = facts.JobId !== "" && facts.JobId.size() <= longestJobId;
	const universeId = toRobloxId(facts.GameId);
	return {
		// A template that was never published has the template's PlaceId, and no experience around it.
		placeId: universeId !== undefined ? toRobloxId(facts.PlaceId) : undefined,
		universeId,
		jobId: hasJob ? facts.JobId : undefined,
		placeVersion: facts.PlaceVersion >= 0 ? facts.PlaceVersion : undefined,
	};
}

/** The body of a verification from this place. */
export function verifyBody(place: Place): NonNullable<EndpointRequest<typeof verify>["body"]> {
	return {
		placeId: place.placeId,
		universeId: place.universeId,
		jobId: place.jobId,
		placeVersion: place.placeVersion,
	};
}

/** What to tell a developer whose place has no id yet. */
export const unpublishedMessage =
	"This place was never published: it has no PlaceId of its own, or no GameId. Publish it (File, Publish to Roblox) and allow that place in your workspace. To try a key before that, set studio to { placeId = an allowed place }.";
