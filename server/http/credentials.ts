import type { IncomingMessage } from "node:http";
import { Problem } from "../core/problem.js";

/**
 * The token of a request: from Authorization: Bearer or X-API-Key, never from a
 * URL or a body. If it is sent several times, all must be the same. Node's
 * `headers` would hide duplicates, so the raw headers are read.
 */
export function tokenOf({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): string | Problem {
	let token: string | undefined;
	let otherScheme = false;
	for (let at = 0; at < rawHeaders.length; at += 2) {
		const credential = credentialIn(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
		if (credential === undefined) continue;
		if (credential === notBearer) otherScheme = true;
		else if (token === undefined) token = credential;
		else if (token !== credential) return new Problem("auth_ambiguous");
	}
	if (token !== undefined) return otherScheme ? new Problem("auth_ambiguous") : token;
	if (!otherScheme) return new Problem("auth_missing");
	return new Problem("auth_missing", {
		detail: "The Authorization header must be `Bearer`, a space and the token.",
	});
}

/** An Authorization header without a Bearer token. */
const notBearer = Symbol("no bearer token");

/** Undefined for any other header, and for an empty one. */
function credentialIn(name: string, value: string): string | typeof notBearer | undefined {
	if (name.length === 13 && name.toLowerCase() === "authorization") {
		return value === "" ? undefined : (bearerOf(value) ?? notBearer);
	}
	if (name.length === 9 && name.toLowerCase() === "x-api-key") return value.trim() || undefined;
	return undefined;
}

/** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
function bearerOf(authorization: string): string | undefined {
	if (authorization.startsWith("Bearer ")) return authorization.slice(7).trim() || undefined;
	const match = /^bearer +(\S+) *$/i.exec(authorization);
	return match?.[1];
}
