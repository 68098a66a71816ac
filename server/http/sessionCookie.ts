import type { IncomingMessage } from "node:http";
import { limits } from "../../shared/limits.js";
import { type AddressList, normalizeAddress } from "../isomorphic/addresses.js";

/** With https the prefix makes browsers bind the cookie to this host, the root path and https. */
const secureName = "__Host-placelock_session";
const plainName = "placelock_session";

/**
 * The token in the session's cookie. With https only the cookie with the prefix
 * counts: a neighbouring site could have set any other, to a session of its own.
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
 * The Set-Cookie header that starts a session, or ends it if there is no token.
 *
 * See docs/decisions/0037-host-cookie-prefix.md
 */
export function sessionCookie(token: string | undefined, secure: boolean): string {
	const name = secure ? secureName : plainName;
	const maxAge = token === undefined ? 0 : limits.sessionSeconds;
	return `${name}=${token ?? ""}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/**
 * Whether a browser reached the server over https, according to the trusted
 * proxy in front of it or, if that sends no header, to PUBLIC_URL.
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
