import { dashboardPaths } from "../../../dashboardPaths.js";

/**
 * Where somebody goes who has signed in: back to where they were. Only to a
 * path of this page, so that a link to it cannot lead anywhere else.
 */
export function nextAfterSignIn(wanted: string | null): string {
	const isPath = wanted !== null && /^\/(?![/\\])/.test(wanted);
	return isPath ? wanted : dashboardPaths.workspaces;
}
