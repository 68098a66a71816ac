import type { placeRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { PlaceRecord } from "../model/place.js";
import { isoTime } from "../primitives/timestamps.js";

/** A place as the API returns it. */
export function serializePlace({ workspaceId: _, ...place }: PlaceRecord): Infer<typeof placeRecord> {
	return { ...place, createdAt: isoTime(place.createdAt), updatedAt: isoTime(place.updatedAt) };
}
