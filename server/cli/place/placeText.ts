import type { PlaceRecord } from "../../model/place.js";
import { printable } from "../support/output.js";

/** A place inside a sentence. */
export function describePlace({ id, name }: Pick<PlaceRecord, "id" | "name">): string {
	return name === undefined ? `place ${id}` : `place ${id} ("${printable(name)}")`;
}
