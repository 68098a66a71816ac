import { errorEntry } from "../../shared/errorEntry.js";
import type { CallError } from "../results.js";

/** Which kind of call was denied: a verification, another endpoint of Placelock's, or one of your own routes. */
export type CallKind = "verify" | "endpoint" | "route";

/** Denials that are about one call, not about the key as a whole. */
const perCallCodes = ["scope_missing", "kind_not_allowed"];

/**
 * Whether a denial ends the current verification, whichever call it came from.
 * It must be Placelock's own statement about the key, the workspace or the place:
 *
 * - A missing scope is about one call only.
 * - A bare 401 or 403 names no code and may come from a firewall.
 * - Your own routes may deny a player under codes of their own, so only the
 *   catalogue's codes count there.
 * - A code this version does not know counts when verification itself is denied,
 *   or when its status is 401: Placelock only sends that about the key.
 */
export function endsVerification(err: CallError, callKind: CallKind): boolean {
	if (err.kind !== "denied" || err.code === `http_${err.status}`) return false;
	if (err.code === "kind_not_allowed") return callKind === "verify";
	if (perCallCodes.includes(err.code)) return false;
	if (errorEntry(err.code) !== undefined) return true;
	return callKind === "verify" || (callKind === "endpoint" && err.status === 401);
}
