import type { Page } from "playwright-core";
import { accessibilityFindings, describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { invitation, type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

// Sixteen looks of each page, in a browser that shares the machine with other suites.
jest.setTimeout(60_000);

/** The widest letter, as often as a name may have it. */
const long = (end: string) => `${"W".repeat(100 - end.length)}${end}`;

describeWithBrowser("names of maximum length", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	let keyId: string;
	beforeAll(async () => {
		owner = await setUp(server, { name: "W".repeat(32), password: "four plain words together" });
		const call = async (method: string, path: string, body = {}) =>
			(await owner.call(method, path, { body })).body;
		({ id: workspaceId } = await call("POST", "/v1/workspaces", { name: long("") }));
		const path = `/v1/workspaces/${workspaceId}`;
		await call("PUT", `${path}/places/9007199254740991`, { name: long("Place") });
		const key = await call("POST", `${path}/keys`, {
			name: long("Key"),
			description: "W".repeat(500),
			kind: "game",
			scopes: ["bans.read", `${"w".repeat(30)}.${"w".repeat(30)}`],
			placeIds: ["9007199254740991"],
		});
		keyId = key.id;
		await server.verify(key.token, "9007199254740991");
		await server.verify(key.token, "9007199254740990");
		await call("POST", `/v1/keys/${keyId}/rotate`);
		await call("POST", `${path}/invitations`, { role: "admin", note: long("Note") });
		await owner.call("POST", `/v1/workspaces/${workspaceId}/invitations`, { body: { role: "owner" } });
		await server.app.writeUsage();
	});

	const inside = (page: string) => () => `/workspaces/${workspaceId}/${page}`;
	const pages = [
		["Workspaces", () => "/workspaces"],
		["Server audit log", () => "/audit"],
		["Overview", inside("overview")],
		["Places", inside("places")],
		["API keys", inside("keys")],
		["Create key", inside("keys/new")],
		[long("Key"), () => `/workspaces/${workspaceId}/keys/${keyId}`],
		["Denied requests", inside("denials")],
		["Audit log", inside("audit")],
		["Members", inside("members")],
		["Settings", inside("settings")],
	] as const;
	const looks = [
		["light", 1280],
		["dark", 1280],
		["light", 390],
		["dark", 390],
	] as const;
	const seen = pages.flatMap(([title, path]) =>
		looks.map(([scheme, width]) => [title.replace(/W{9,}/, "W…"), scheme, width, title, path] as const),
	);

	it.each(seen)("fit, and are accessible: %s, %s, %i wide", async (_, colorScheme, width, title, path) => {
		const viewport = { width, height: 844 };
		const { page, faults } = await openAs(browser, server, owner, path(), { colorScheme, viewport });
		await arrived(page, title);
		expect(await widest(page)).toBeLessThanOrEqual(width);
		expect(await accessibilityFindings(page)).toEqual([]);
		expect(faults).toEqual([]);
	});

	it.each(looks)("fit where a token is shown: %s, %i wide", async (colorScheme, width) => {
		const viewport = { width, height: 844 };
		const { page } = await openAs(browser, server, owner, inside("keys/new")(), { colorScheme, viewport });
		await page.getByRole("textbox", { name: "Name" }).fill(long(`${colorScheme}${width}`));
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByText("Waiting for the first request").waitFor();
		expect(await widest(page)).toBeLessThanOrEqual(width);
		expect(await accessibilityFindings(page)).toEqual([]);
	});

	it.each(looks)(
		"fit on the pages of an invitation and a password reset: %s, %i wide",
		async (scheme, width) => {
			const { page, faults } = await browser.open({ colorScheme: scheme, viewport: { width, height: 844 } });
			await page.goto(`${server.origin}/invitation#${await invitation(owner, workspaceId, "viewer")}`);
			await arrived(page, `Join ${long("")}`);
			expect(await widest(page)).toBeLessThanOrEqual(width);
			expect(await accessibilityFindings(page)).toEqual([]);

			const { body } = await owner.call("POST", `/v1/accounts/${owner.id}/reset`);
			await page.goto("about:blank");
			await page.goto(body.link.startsWith("/") ? server.origin + body.link : body.link);
			await arrived(page, "Choose a new password");
			expect(await widest(page)).toBeLessThanOrEqual(width);
			expect(await accessibilityFindings(page)).toEqual([]);
			expect(faults).toEqual([]);
		},
	);
});

describeWithBrowser("the setup page", (browser) => {
	const server = useServer();

	it.each([
		["light", 1280],
		["dark", 1280],
		["light", 390],
		["dark", 390],
	] as const)("fits, and is accessible: %s, %i wide", async (colorScheme, width) => {
		const { page, faults } = await browser.open({ colorScheme, viewport: { width, height: 844 } });
		await page.goto(`${server.origin}/setup#${await server.setupCode()}`);
		await page.getByRole("button", { name: "Create account" }).waitFor();
		expect(await widest(page)).toBeLessThanOrEqual(width);
		expect(await accessibilityFindings(page)).toEqual([]);
		expect(faults).toEqual([]);
	});
});

/** The width of the page and of every table in it: a table that scrolls hides content. */
function widest(page: Page): Promise<number> {
	return page.evaluate(`Math.max(
		document.documentElement.scrollWidth,
		...[...document.querySelectorAll("table")].map((table) => table.parentElement.scrollWidth),
	)`);
}
