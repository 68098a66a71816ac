import type { EndpointOutput } from "../../shared/endpoint.js";
import type { verify } from "../../shared/endpoints/verify.js";
import { show } from "../inspect.js";
import type { Place } from "../place.js";
import { toRobloxId } from "../robloxId.js";

/** What to do in Studio, where there is no live server and often no published place. */
export type StudioMode = "verify" | "skip" | { readonly placeId: string | number };

/** What is wrong with the option `studio`, or undefined. */
export function faultOfStudio(mode: unknown): string | undefined {
	if (mode === "verify" || mode === "skip") return undefined;
	const wanted = 'wanted "verify", "skip" or { placeId = the id of a place }';
	if (!typeIs(mode, "table")) return `${wanted}, got ${show(mode)}`;
	const fields = mode as Record<string, unknown>;
	for (const [name] of pairs(fields)) {
		if (name !== "placeId") return `${wanted}, got a table with the field ${show(name)}`;
	}
	return toRobloxId(fields.placeId) !== undefined ? undefined : `${wanted}, got a placeId that is not an id`;
}

/** The place to verify as: in Studio the option may name one; a live server is always itself. */
export function placeInStudio(place: Place, mode: StudioMode, isStudio: boolean): Place {
	if (!isStudio || typeIs(mode, "string")) return place;
	return { ...place, placeId: toRobloxId(mode.placeId) };
}

/** What `verify` answers in Studio under `"skip"`: nobody was asked, and the names say so. */
export function skippedVerification(place: Place, unixSeconds: number): EndpointOutput<typeof verify> {
	return {
		workspace: { id: "studio", name: "Studio (not verified)" },
		key: { id: "studio", name: "Studio (not verified)", scopes: [] },
		place: { id: place.placeId ?? "0", proof: "claimed" },
		cacheSeconds: 86_400,
		serverTime: os.date("!%Y-%m-%dT%H:%M:%SZ", unixSeconds),
	};
}
