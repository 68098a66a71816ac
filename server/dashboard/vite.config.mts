import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	// The same as `paths` in tsconfig.json and `moduleNameMapper` in jest.config.cjs.
	resolve: { alias: { "@shared": folder("../../shared"), "@isomorphic": folder("../isomorphic") } },
	// Everything refers to everything else relatively, so that the page works behind a proxy under any path.
	base: "./",
	build: {
		// Those that Mantine supports.
		target: ["chrome111", "edge111", "firefox113", "safari16.4"],
		emptyOutDir: true,
		// In the page's own files, so that no style needs to be allowed in the page.
		assetsInlineLimit: 0,
		// The charts' library alone is past vite's default, and is loaded only where there are charts.
		chunkSizeWarningLimit: 900,
		rolldownOptions: {
			// Packages mark what runs in a browser for frameworks that also run on a server. Here all of it does.
			checks: { moduleLevelDirective: false },
		},
	},
});
