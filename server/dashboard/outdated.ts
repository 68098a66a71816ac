import { basePath } from "./basePath.js";

const key = "placelock-reloaded-at";
const enoughMs = 10_000;
const failed = new WeakSet<object>();

/**
 * A page that was open while the server was upgraded asks for files that are
 * gone. Loading it again brings the new ones; not again and again, should that
 * not help, and not while no server answers: then the browser's own error would
 * stand where the page was.
 */
export function reloadWhenOutdated(): void {
	window.addEventListener("vite:preloadError", ({ payload }) => {
		failed.add(payload);
		if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) >= enoughMs) void reloadPage();
	});
}

/** Loads the page again if the server answers. Resolves with false when it does not. */
export async function reloadPage(): Promise<boolean> {
	const answer = await fetch(`${basePath}/livez`, { cache: "no-store" }).catch(() => undefined);
	if (answer?.ok !== true) return false;
	sessionStorage.setItem(key, String(Date.now()));
	window.location.reload();
	return true;
}

/** Whether this was thrown because a part of the page did not come. */
export function isFailedLoad(thrown: unknown): boolean {
	return typeof thrown === "object" && thrown !== null && failed.has(thrown);
}
