import type { IncomingMessage } from "node:http";
import { limits } from "../../shared/limits.js";
import { type AddressList, normalizeAddress } from "../isomorphic/addresses.js";

/** Behind https the prefix makes browsers hold the cookie to this host, to its root, and to https. */
const secureName = "__Host-placelock_session";
const plainName = "placelock_session";

/**
 * The token in the session's cookie. Behind https only the one with the prefix
 * counts: any other a neighbouring site could have set, to a session of its own.
 */
export function sessionTokenOf(
	{ headers }: Pick<IncomingMessage, "headers">,
	secure: boolean,
): string | undefined {
	const start = `${secure ? secureName : plainName}=`;
	const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
	return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length) || undefined;
}

/**
 * The Set-Cookie header that begins a session, or ends it when there is no token.
 *
 * See docs/decisions/0037-host-cookie-prefix.md
 */
export function sessionCookie(token: string | undefined, secure: boolean): string {
	const name = secure ? secureName : plainName;
	const age = token === undefined ? 0 : limits.sessionSeconds;
	return `${name}=${token ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/**
 * Whether a browser reached the server by https: as the trusted proxy before it
 * says, or, where it says nothing, as PUBLIC_URL does.
 */
export function secureSessions({
	publicUrl,
	trustedProxies,
}: {
	readonly publicUrl?: string;
	readonly trustedProxies: AddressList;
}): (request: IncomingMessage) => boolean {
	const byDefault = publicUrl?.startsWith("https:") ?? false;
	return ({ headers, socket }) => {
		const forwarded = headers["x-forwarded-proto"];
		if (typeof forwarded !== "string" || !trustedProxies(normalizeAddress(socket.remoteAddress ?? ""))) {
			return byDefault;
		}
		return forwarded.split(",").at(-1)?.trim().toLowerCase() === "https";
	};
}
