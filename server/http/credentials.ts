import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "../problem.js";

/** The token of a call: from Authorization: Bearer or X-API-Key, never from a URL or a body. */
export function tokenOf(headers: IncomingHttpHeaders): string | Problem {
	const { authorization } = headers;
	const apiKey = headers["x-api-key"];
	if (typeof apiKey === "string") {
		if (authorization === undefined) return apiKey;
		const bearer = bearerOf(authorization);
		return bearer === apiKey ? apiKey : new Problem("auth_ambiguous");
	}
	if (authorization === undefined) return new Problem("auth_missing");
	return (
		bearerOf(authorization) ??
		new Problem("auth_missing", {
			detail: "The Authorization header must be: Bearer, a space, and the token.",
		})
	);
}

/** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
function bearerOf(authorization: string): string | undefined {
	if (authorization.startsWith("Bearer ")) return authorization.slice(7).trim() || undefined;
	const match = /^bearer +(\S+) *$/i.exec(authorization);
	return match?.[1];
}
