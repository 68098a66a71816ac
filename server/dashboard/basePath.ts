import { basePathFrom } from "./basePathFrom.js";

/**
 * Where the page is, as a path without a slash at the end: "" at the root of an
 * address, "/placelock" behind a proxy that serves it under that path. Known
 * from where this very file came from, which is `<where>/assets/`.
 */
export const basePath = basePathFrom(import.meta.url);

/** What games call: `PUBLIC_URL` when the server has one, and otherwise where this page came from. No slash at the end. */
export function serverUrl(): string {
	return publicUrl() ?? window.location.origin + basePath;
}

/** `PUBLIC_URL`; undefined when the server was not told. */
export function publicUrl(): string | undefined {
	const meta = document.querySelector<HTMLMetaElement>('meta[name="placelock-public-url"]');
	// Vite's own server knows no PUBLIC_URL, and leaves what stands for it.
	const given = meta?.content ?? "";
	return URL.canParse(given) ? given : undefined;
}

/** Pins the page's icon to where it is: written relatively, it would be looked for anew below every page's address. */
export function pinIcon(): void {
	const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
	icon?.setAttribute("href", icon.href);
}
