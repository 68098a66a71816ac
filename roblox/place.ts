import type { EndpointRequest } from "../shared/endpoint.js";
import type { verify } from "../shared/endpoints/verify.js";

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

/**
 * A Roblox id as digits, or undefined when the value is none. Numbers are
 * formatted by hand: tostring would write a large one as 1e+15.
 */
export function toRobloxId(value: unknown): string | undefined {
	if (typeIs(value, "number")) {
		const whole = value === math.floor(value) && value >= 1 && value <= 9_007_199_254_740_991;
		return whole ? "%d".format(value) : undefined;
	}
	if (!typeIs(value, "string") || value.match("^[1-9]%d*$")[0] === undefined) return undefined;
	const tooLarge = value.size() > 19 || (value.size() === 19 && value > "9223372036854775807");
	return tooLarge ? undefined : value;
}

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
