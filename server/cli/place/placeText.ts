import type { PlaceRecord } from "../../model/place.js";
import { plain } from "../support/output.js";

/** A place for people, in a sentence. */
export function placeText({ id, name }: Pick<PlaceRecord, "id" | "name">): string {
	return name === undefined ? `place ${id}` : `place ${id} ("${plain(name)}")`;
}
