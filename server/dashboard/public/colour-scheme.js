// Before the first paint, so that a dark page never flashes white: the same choice that the page makes later.
(() => {
	let chosen = null;
	try {
		chosen = localStorage.getItem("placelock-colour-scheme");
	} catch {
		// Storage is forbidden here: the system decides.
	}
	const dark = matchMedia("(prefers-color-scheme: dark)").matches;
	const scheme = chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light";
	document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
