import { object, robloxId } from "../../../shared/schema.js";
import { extractPlaceId } from "../../isomorphic/extractPlaceId.js";
import { readOptions } from "../support/readOptions.js";

/** How help describes the argument that `placeArgumentId` reads. */
export const placeArgument = "the place's ID, or a link to the game on roblox.com";

/** The same as a field, for commands that also check options. */
export const placeField = { place: robloxId() };

/** Reads the ID from the argument `<place>`. Throws when it has none. */
export function placeArgumentId(given: string): string {
	return readOptions(object(placeField), { place: extractPlaceId(given) }, [], ["place"]).place;
}
