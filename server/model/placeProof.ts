import type { placeProofs } from "../../shared/endpoints/records.js";

/**
 * How well the place of a request is proven, weakest first: `claimed` (only by
 * the body), `header` (by Roblox's own Roblox-Id header), `network` (by the
 * header, from a configured Roblox network). This is policy, not cryptography:
 * outside Roblox the header can be forged.
 */
export type PlaceProof = (typeof placeProofs)[number];
