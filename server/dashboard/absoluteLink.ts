import { basePath } from "./basePath.js";

/**
 * A one-time link as it can be sent to somebody. On a server without
 * PUBLIC_URL the API answers only its path, which is below where this page is.
 */
export function absoluteLink(link: string): string {
	return link.startsWith("/") ? `${window.location.origin}${basePath}${link}` : link;
}
