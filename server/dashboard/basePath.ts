import { basePathFrom } from "./basePathFrom.js";

/**
 * The path the page is served under, without a trailing slash: "" at the root of a
 * host, "/placelock" behind a proxy that serves it there. Derived from this file's own
 * URL, `<basePath>/assets/…`.
 */
export const basePath = basePathFrom(import.meta.url);

/** The URL games connect to: `PUBLIC_URL` if set, otherwise the URL of this page. No trailing slash. */
export function serverUrl(): string {
	return publicUrl() ?? window.location.origin + basePath;
}

/** `PUBLIC_URL`; undefined if the server has none. */
export function publicUrl(): string | undefined {
	const meta = document.querySelector<HTMLMetaElement>('meta[name="placelock-public-url"]');
	// Vite's dev server does not replace the placeholder.
	const given = meta?.content ?? "";
	return URL.canParse(given) ? given : undefined;
}

/** Makes the icon's URL absolute: a relative one would be resolved again on every navigation. */
export function pinIcon(): void {
	const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
	icon?.setAttribute("href", icon.href);
}
