import type { denialRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { Denial } from "../model/denial.js";
import { isoTime } from "../primitives/timestamps.js";

export type DenialResponse = Infer<typeof denialRecord>;

/** A denial as the API returns it. */
export function serializeDenial(denial: Denial): DenialResponse {
	const { id, code, detail, keyId, keyName, scope, placeId, proof, claimedPlaceId, address, count } = denial;
	const fields = { id, code, detail, keyId, keyName, scope, placeId, proof, claimedPlaceId, address, count };
	return { ...fields, firstAt: isoTime(denial.firstAt), lastAt: isoTime(denial.lastAt) };
}
