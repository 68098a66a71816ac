import { basePathFrom } from "../../server/dashboard/basePathFrom.js";

it.each([
	["https://keys.example.com/assets/index-1.js", ""],
	["https://example.com/placelock/assets/index-1.js", "/placelock"],
	["https://example.com/a/assets/b/assets/index-1.js", "/a/assets/b"],
	["http://127.0.0.1:5173/main.tsx", ""],
])("derives from %s the base path %p", (file, basePath) => {
	expect(basePathFrom(file)).toBe(basePath);
});
