import type { placeRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import { isoTime } from "../timestamps.js";
import type { PlaceRecord } from "./place.js";

/** A place as the API answers it. */
export function placeAnswer({ workspaceId: _, ...place }: PlaceRecord): Infer<typeof placeRecord> {
	return { ...place, createdAt: isoTime(place.createdAt), updatedAt: isoTime(place.updatedAt) };
}
