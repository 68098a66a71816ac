import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { matchPath } from "react-router";

/**
 * Where to go after signing in: back to the page that was asked for. Only dashboard
 * pages are accepted, so that a link cannot redirect to another site, or to other
 * parts of the server.
 * @param origin The page's own origin. The browser resolves the address, so its
 * beginning alone proves nothing.
 */
export function nextAfterSignIn(requested: string | null, origin: string): string {
	if (requested === null || !requested.startsWith("/") || !URL.canParse(requested, origin)) return fallback;
	const { origin: target, pathname, search } = new URL(requested, origin);
	const isPage = Object.values(dashboardPaths).some((path) => matchPath(path, pathname) !== null);
	return target === origin && isPage ? pathname + search : fallback;
}

const fallback = dashboardPaths.workspaces;
