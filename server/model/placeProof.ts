import type { placeProofs } from "../../shared/endpoints/records.js";

/**
 * How sure the server is of the place a call comes from, weakest first:
 * `claimed` (only the body says so), `header` (Roblox's own Roblox-Id header
 * says so), `network` (header, and from a configured Roblox network). This is
 * policy, not cryptography: outside Roblox the header can be forged.
 */
export type PlaceProof = (typeof placeProofs)[number];
