import type { listPlaces } from "@shared/endpoints/places.js";
import type { RecordOf } from "../../api/useEndpointPages.js";

export type Place = RecordOf<typeof listPlaces>;

/** What people call it: its name, or its id. */
export function placeName({ id, name }: Place): string {
	return name ?? `place ${id}`;
}
