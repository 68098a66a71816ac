import type { EndpointOutput } from "../../shared/endpoint.js";
import type { verify } from "../../shared/endpoints/verify.js";
import { inspect } from "../inspect.js";
import type { Place } from "../place.js";
import { toRobloxId } from "../robloxId.js";

/** What to do in Studio, where there is no live server and often no published place. */
export type StudioMode = "verify" | "skip" | { readonly placeId: string | number };

/** What is wrong with the option `studio`, or undefined. */
export function validateStudio(mode: unknown): string | undefined {
	if (mode === "verify" || mode === "skip") return undefined;
	const expected = 'expected "verify", "skip" or { placeId = the ID of a place }';
	if (!typeIs(mode, "table")) return `${expected}, got ${inspect(mode)}`;
	const fields = mode as Record<string, unknown>;
	for (const [name] of pairs(fields)) {
		if (name !== "placeId") return `${expected}, got a table with the field ${inspect(name)}`;
	}
	return toRobloxId(fields.placeId) !== undefined
		? undefined
		: `${expected}, got a placeId that is not a place ID`;
}

/** The place to verify as. In Studio the option can replace it; a live server always verifies as itself. */
export function placeInStudio(place: Place, mode: StudioMode, isStudio: boolean): Place {
	if (!isStudio || typeIs(mode, "string")) return place;
	return { ...place, placeId: toRobloxId(mode.placeId) };
}

/** What `verify` returns in Studio with `"skip"`. Its names show that no server was asked. */
export function skippedVerification(place: Place, unixSeconds: number): EndpointOutput<typeof verify> {
	return {
		workspace: { id: "studio", name: "Studio (not verified)" },
		key: { id: "studio", name: "Studio (not verified)", scopes: [] },
		place: { id: place.placeId ?? "0", proof: "claimed" },
		cacheSeconds: 86_400,
		serverTime: os.date("!%Y-%m-%dT%H:%M:%SZ", unixSeconds),
	};
}
