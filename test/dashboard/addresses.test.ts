import { nextAfterSignIn } from "../../server/dashboard/pages/entry/nextAfterSignIn.js";
import { whereFrom } from "../../server/dashboard/whereFrom.js";

it.each([
	["https://keys.example.com/assets/index-1.js", ""],
	["https://example.com/placelock/assets/index-1.js", "/placelock"],
	["https://example.com/a/assets/b/assets/index-1.js", "/a/assets/b"],
	["http://127.0.0.1:5173/main.tsx", ""],
])("knows from %s that the page is below %p", (file, where) => {
	expect(whereFrom(file)).toBe(where);
});

it.each([
	["/workspaces/w1/keys?state=active", "/workspaces/w1/keys?state=active"],
	[null, "/workspaces"],
	["", "/workspaces"],
	["//evil.example", "/workspaces"],
	["/\\evil.example", "/workspaces"],
	["https://evil.example", "/workspaces"],
	["javascript:alert(1)", "/workspaces"],
])("leads whoever signs in, and wanted to %p, to %s", (wanted, next) => {
	expect(nextAfterSignIn(wanted)).toBe(next);
});
