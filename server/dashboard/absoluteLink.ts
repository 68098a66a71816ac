import { basePath } from "./basePath.js";

/**
 * A one-time link as an absolute URL. Without PUBLIC_URL the API returns only its
 * path, relative to where this page is served.
 */
export function absoluteLink(link: string): string {
	return link.startsWith("/") ? `${window.location.origin}${basePath}${link}` : link;
}
