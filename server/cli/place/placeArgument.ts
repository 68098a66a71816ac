import { object, robloxId } from "../../../shared/schema.js";
import { extractPlaceId } from "../../isomorphic/extractPlaceId.js";
import { readOptions } from "../support/readOptions.js";

/** How help describes the argument that `placeArgumentId` reads. */
export const placeArgument = "the place's id, or a link to the game on roblox.com";

/** The same as a field, for commands that have options to check beside it. */
export const placeField = { place: robloxId() };

/** The id in what was given for the argument `<place>`; throws when there is none in it. */
export function placeArgumentId(given: string): string {
	return readOptions(object(placeField), { place: extractPlaceId(given) }, [], ["place"]).place;
}
