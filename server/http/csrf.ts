import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { csrfTokenOf } from "../accounts/sessions.js";
import { Problem } from "../core/problem.js";

/** Proof that a browser's request comes from the dashboard's own page, not from another site's. */

/**
 * `csrf_failed` if the browser reports that another site's page made the
 * request. Signing in is protected too. Programs send neither header and pass.
 * `ownOrigin`: that of PUBLIC_URL, because a proxy may change Host.
 */
export function crossSiteProblem(
	{ headers }: Pick<IncomingMessage, "headers">,
	ownOrigin: string | undefined,
): Problem | undefined {
	const site = headers["sec-fetch-site"];
	if (site !== undefined) return site === "same-origin" || site === "none" ? undefined : fromOtherSite();
	const { origin } = headers;
	if (origin === undefined || origin === ownOrigin) return undefined;
	const host = URL.canParse(origin) ? new URL(origin).host : undefined;
	return host !== undefined && host === headers.host ? undefined : fromOtherSite();
}

/** `csrf_failed` for a request in a session without the session's CSRF token, or from another site. */
export function csrfProblem(
	request: Pick<IncomingMessage, "headers">,
	sessionToken: string,
	ownOrigin: string | undefined,
): Problem | undefined {
	const header = request.headers["x-csrf-token"];
	if (typeof header !== "string") {
		return new Problem("csrf_failed", { detail: "The X-CSRF-Token header is missing." });
	}
	const [sent, expected] = [Buffer.from(header), Buffer.from(csrfTokenOf(sessionToken))];
	if (sent.length === expected.length && timingSafeEqual(sent, expected)) {
		return crossSiteProblem(request, ownOrigin);
	}
	return new Problem("csrf_failed", { detail: "The X-CSRF-Token is not that of this session." });
}

function fromOtherSite(): Problem {
	return new Problem("csrf_failed", {
		detail: "The browser reports that another site's page made this request.",
	});
}
