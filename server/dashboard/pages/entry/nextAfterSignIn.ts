import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { matchPath } from "react-router";

/**
 * Where somebody goes who has signed in: back to where they were. Only to a
 * page of the dashboard, so that a link to it cannot lead anywhere else, nor to
 * what the server has beside the dashboard, which is no page of it.
 * @param origin The page's own; a browser decides what an address means, not how it begins.
 */
export function nextAfterSignIn(wanted: string | null, origin: string): string {
	if (wanted === null || !wanted.startsWith("/") || !URL.canParse(wanted, origin)) return otherwise;
	const { origin: there, pathname, search } = new URL(wanted, origin);
	const isPage = Object.values(dashboardPaths).some((path) => matchPath(path, pathname) !== null);
	return there === origin && isPage ? pathname + search : otherwise;
}

const otherwise = dashboardPaths.workspaces;
