import type { EndpointOutput } from "../../shared/endpoint.js";
import type { verify } from "../../shared/endpoints/verify.js";
import { limits } from "../../shared/limits.js";
import { type Grant, validUntil } from "../keys/gate.js";
import type { Clock } from "../primitives/clock.js";
import { isoTime, optionalIsoTime } from "../primitives/timestamps.js";
import type { KeyContext } from "./handler.js";
import { asciiJson, PreparedJson } from "./results.js";

/** The part of the response that is the same for every request of a key from a place. */
type Constant = Omit<EndpointOutput<typeof verify>, "cacheSeconds" | "serverTime">;

/**
 * Returns a verification. Its constant part is serialized once and cached with
 * the resolved key, which is dropped when the key or its workspace changes.
 */
export function verifyHandler(clock: Clock): (context: KeyContext) => PreparedJson {
	let moment = { at: Number.NaN, text: "" };
	return ({ grant }) => {
		const now = clock.now();
		if (now !== moment.at) moment = { at: now, text: isoTime(now) };
		const secondsLeft = Math.floor((validUntil(grant.resolvedKey) - now) / 1000);
		const cacheSeconds = Math.max(0, Math.min(limits.cacheSeconds, secondsLeft));
		return new PreparedJson(
			`${constantPart(grant)},"cacheSeconds":${cacheSeconds},"serverTime":"${moment.text}"}`,
		);
	};
}

function constantPart({ resolvedKey, place }: Grant): string {
	const workspace = resolvedKey.workspace?.value;
	if (workspace === undefined || place === undefined)
		throw new TypeError("A game key was admitted without its place.");
	const known = place.verifications[place.proof];
	if (known !== undefined) return known;
	const { record } = resolvedKey.key.value;
	const constant: Constant = {
		workspace: { id: workspace.id, name: workspace.name },
		key: {
			id: record.id,
			name: record.name,
			scopes: record.scopes,
			expiresAt: optionalIsoTime(record.expiresAt),
			rotateBy: optionalIsoTime(resolvedKey.rotatedOutAt),
		},
		place: { id: place.record.id, name: place.record.name, proof: place.proof },
	};
	const text = asciiJson(constant).slice(0, -1);
	place.verifications[place.proof] = text;
	return text;
}
