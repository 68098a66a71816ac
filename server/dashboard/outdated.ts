const key = "placelock-reloaded-at";
const enoughMs = 10_000;

/**
 * A page that was open while the server was upgraded asks for files that are
 * gone. Loading it again brings the new ones; not again and again, should that
 * not help.
 */
export function reloadWhenOutdated(): void {
	window.addEventListener("vite:preloadError", (event) => {
		if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < enoughMs) return;
		event.preventDefault();
		sessionStorage.setItem(key, String(Date.now()));
		window.location.reload();
	});
}
