import { object, robloxId } from "../../shared/schema.js";
import { placeIdIn } from "../places/placeIdIn.js";
import { readOptions } from "./readOptions.js";

/** How help describes the argument that `placeArgumentId` reads. */
export const placeArgument = "the place's id, or a link to the game on roblox.com";

/** The id in what was given for the argument `<place>`; throws when there is none in it. */
export function placeArgumentId(given: string): string {
	return readOptions(object({ place: robloxId() }), { place: placeIdIn(given) }, [], ["place"]).place;
}
