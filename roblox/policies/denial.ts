import { errorEntry } from "../../shared/errorEntry.js";
import type { CallError } from "../results.js";

/** What was asked when the denial came: a verification, another endpoint of the contract, or the operator's own route. */
export type Asked = "verify" | "endpoint" | "route";

/** Denials of one call that say nothing about the key as a whole. */
const aboutTheCall = ["scope_missing", "kind_not_allowed"];

/**
 * Whether a denial ends what was verified, whichever call it answers. It must
 * be Placelock's own word about the key, the workspace or the place:
 *
 * - a missing scope is about one call only;
 * - a bare 401 or 403 may come from a firewall, and names no code;
 * - an operator's own route may refuse a player under codes of its own, so
 *   there only the catalogue's codes count;
 * - a code that this version does not know counts when verification itself is
 *   refused, or when its status is 401, which is never about anything but the key.
 */
export function endsVerification(err: CallError, asked: Asked): boolean {
	if (err.kind !== "denied" || err.code === `http_${err.status}`) return false;
	if (err.code === "kind_not_allowed") return asked === "verify";
	if (aboutTheCall.includes(err.code)) return false;
	if (errorEntry(err.code) !== undefined) return true;
	return asked === "verify" || (asked === "endpoint" && err.status === 401);
}
