import type { EndpointRequest } from "../shared/endpoint.js";
import type { verify } from "../shared/endpoints/verify.js";
import { toRobloxId } from "./robloxId.js";

/** What `game` reports about the server this script runs in. */
export interface PlaceFacts {
	readonly PlaceId: number;
	readonly GameId: number;
	readonly JobId: string;
	readonly PlaceVersion: number;
}

/** The same in the API's form. What Roblox does not know is absent. */
export interface Place {
	/** Absent in a place that was never published. */
	readonly placeId?: string;
	readonly universeId?: string;
	/** Absent in Studio. */
	readonly jobId?: string;
	readonly placeVersion?: number;
}

/** The longest JobId that the contract accepts. */
const maxJobIdLength = 100;

export function readPlace(facts: PlaceFacts): Place {
	const hasJob = facts.JobId !== "" && facts.JobId.size() <= maxJobIdLength;
	const universeId = toRobloxId(facts.GameId);
	return {
		// An unpublished template has the template's own PlaceId, but no GameId.
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

export const unpublishedMessage =
	"This place was never published, so it has no PlaceId or GameId of its own. Publish it (File > Publish to Roblox) and add the place to your workspace. To try a key before that, set studio to { placeId = a place of your workspace }.";
