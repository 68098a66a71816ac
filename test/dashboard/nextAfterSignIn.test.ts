import { nextAfterSignIn } from "../../server/dashboard/pages/entry/nextAfterSignIn.js";

const origin = "https://placelock.example";

it.each(["/workspaces/w1/keys?status=active&search=a%20b", "/account", "/audit"])(
	"leads back to %s",
	(wanted) => {
		expect(nextAfterSignIn(wanted, origin)).toBe(wanted);
	},
);

it.each([
	null,
	"",
	"//evil.com",
	"/\\evil.com",
	"/\t/evil.com",
	"/\n/evil.com/account",
	"https://evil.com/account",
	"javascript:alert(1)",
	"/docs",
	"/v1/workspaces",
	"/nothing/here",
	"account",
])("falls back to the workspaces for %j", (wanted) => {
	expect(nextAfterSignIn(wanted, origin)).toBe("/workspaces");
});
