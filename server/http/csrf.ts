import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { csrfTokenOf } from "../accounts/sessions.js";
import { Problem } from "../core/problem.js";

/** What makes sure that a browser's call comes from the dashboard's own page, and not from another site's. */

/**
 * Refuses a call that a browser says another site's page makes: it must not
 * sign anyone in, either. Programs send neither header, and are let through.
 * `ownOrigin`: that of PUBLIC_URL; a proxy may put another name into Host.
 */
export function crossSiteProblem(
	{ headers }: Pick<IncomingMessage, "headers">,
	ownOrigin: string | undefined,
): Problem | undefined {
	const site = headers["sec-fetch-site"];
	if (site !== undefined) return site === "same-origin" || site === "none" ? undefined : otherSite();
	const { origin } = headers;
	if (origin === undefined || origin === ownOrigin) return undefined;
	const host = URL.canParse(origin) ? new URL(origin).host : undefined;
	return host !== undefined && host === headers.host ? undefined : otherSite();
}

/** Refuses a call of a session without the session's CSRF token. */
export function forgedRequestProblem(
	request: Pick<IncomingMessage, "headers">,
	sessionToken: string,
	ownOrigin: string | undefined,
): Problem | undefined {
	const sent = request.headers["x-csrf-token"];
	if (typeof sent !== "string") {
		return new Problem("csrf_failed", { detail: "The X-CSRF-Token header is missing." });
	}
	const [given, wanted] = [Buffer.from(sent), Buffer.from(csrfTokenOf(sessionToken))];
	if (given.length === wanted.length && timingSafeEqual(given, wanted)) {
		return crossSiteProblem(request, ownOrigin);
	}
	return new Problem("csrf_failed", { detail: "The X-CSRF-Token is not this session's." });
}

function otherSite(): Problem {
	return new Problem("csrf_failed", { detail: "The browser says that another site's page made this call." });
}
