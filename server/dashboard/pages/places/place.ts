import type { listPlaces } from "@shared/endpoints/places.js";
import type { RecordOf } from "../../api/useEndpointPages.js";

export type Place = RecordOf<typeof listPlaces>;

/** A label for a place: its name, or its ID. */
export function placeName({ id, name }: Place): string {
	return name ?? `place ${id}`;
}
