import type { EndpointOutput } from "../../shared/endpoint.js";
import type { verify } from "../../shared/endpoints/verify.js";
import { limits } from "../../shared/limits.js";
import { type Admission, goodUntil } from "../keys/gate.js";
import type { Clock } from "../primitives/clock.js";
import { isoTime, optionalIsoTime } from "../primitives/timestamps.js";
import type { CallContext } from "./handler.js";
import { asciiJson, PreparedJson } from "./results.js";

/** The part of the answer that is the same for every call of a key from a place. */
type Constant = Omit<EndpointOutput<typeof verify>, "cacheSeconds" | "serverTime">;

/**
 * Answers a verification. The constant part is written once and kept with the
 * identity, which goes when the key or its workspace changes.
 */
export function verifyHandler(clock: Clock): (context: CallContext) => PreparedJson {
	let moment = { at: Number.NaN, text: "" };
	return ({ admission }) => {
		const now = clock.now();
		if (now !== moment.at) moment = { at: now, text: isoTime(now) };
		const secondsLeft = Math.floor((goodUntil(admission.identity) - now) / 1000);
		const cacheSeconds = Math.max(0, Math.min(limits.cacheSeconds, secondsLeft));
		return new PreparedJson(
			`${constantPart(admission)},"cacheSeconds":${cacheSeconds},"serverTime":"${moment.text}"}`,
		);
	};
}

function constantPart({ identity, place }: Admission): string {
	const workspace = identity.workspace?.value;
	if (workspace === undefined || place === undefined)
		throw new TypeError("A game key was admitted without its place.");
	const known = place.verifications[place.proof];
	if (known !== undefined) return known;
	const { record } = identity.key.value;
	const constant: Constant = {
		workspace: { id: workspace.id, name: workspace.name },
		key: {
			id: record.id,
			name: record.name,
			scopes: record.scopes,
			expiresAt: optionalIsoTime(record.expiresAt),
			rotateBy: optionalIsoTime(identity.rotatedOutAt),
		},
		place: { id: place.record.id, name: place.record.name, proof: place.proof },
	};
	const text = asciiJson(constant).slice(0, -1);
	place.verifications[place.proof] = text;
	return text;
}
