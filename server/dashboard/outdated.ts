import { basePath } from "./basePath.js";

const key = "placelock-reloaded-at";
const minimumIntervalMs = 10_000;
const failedLoads = new WeakSet<object>();

/**
 * After an upgrade, an open page requests files that no longer exist. Reloading
 * fetches the new ones. It is not repeated within ten seconds, in case it does not
 * help, and not done while the server is unreachable, which would replace the page
 * with the browser's own error.
 */
export function reloadWhenOutdated(): void {
	window.addEventListener("vite:preloadError", ({ payload }) => {
		failedLoads.add(payload);
		if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) >= minimumIntervalMs) void reloadPage();
	});
}

/** Reloads the page if the server responds. Resolves with false if it does not. */
export async function reloadPage(): Promise<boolean> {
	const response = await fetch(`${basePath}/livez`, { cache: "no-store" }).catch(() => undefined);
	if (response?.ok !== true) return false;
	sessionStorage.setItem(key, String(Date.now()));
	window.location.reload();
	return true;
}

/** Whether this error means that a part of the page failed to load. */
export function isFailedLoad(thrown: unknown): boolean {
	return typeof thrown === "object" && thrown !== null && failedLoads.has(thrown);
}
