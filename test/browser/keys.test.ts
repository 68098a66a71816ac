import type { Page } from "playwright-core";
import {
	accessibilityFindings,
	describeWithBrowser,
	type TestBrowser,
	type WatchedPage,
} from "../support/browser.js";
import { invite, type Person, setUp } from "../support/person.js";
import type { TestServer } from "../support/server.js";
import { useServer } from "../support/useServer.js";

// Whole stories, in a browser that shares the machine with other suites.
jest.setTimeout(120_000);

describeWithBrowser("the pages of keys", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
	});
	beforeEach(async () => {
		({ id: workspaceId } = (await owner.call("POST", "/v1/workspaces", { body: { name: "Obby" } })).body);
	});

	const keysPage = () => `${server.origin}/workspaces/${workspaceId}/keys`;
	const addPlace = (id: string, name: string) =>
		owner.call("PUT", `/v1/workspaces/${workspaceId}/places/${id}`, { body: { name } });
	const addKey = async (name: string, more = {}) =>
		(
			await owner.call("POST", `/v1/workspaces/${workspaceId}/keys`, {
				body: { name, kind: "game", scopes: [], ...more },
			})
		).body;
	const codeOf = async (token: string, place: string) => {
		const { status, body } = await server.verify(token, place);
		return status === 200 ? "verified" : body.code;
	};

	it("lead from a new key to its first request, through a rotation, to its deletion", async () => {
		await addPlace("123456", "Lobby");
		const { page, faults } = await signedIn(browser, server, owner);

		// Create, and copy.
		await page.goto(keysPage());
		await page.getByRole("link", { name: "Create key" }).click();
		await page.getByRole("textbox", { name: "Name" }).fill("Live servers");
		await page.getByRole("button", { name: "Create key" }).click();
		const token = await copiedToken(page);
		expect(await page.getByText(`key = "${token}"`).count()).toBe(1);
		expect(await page.getByText(`url = "${server.origin}"`).count()).toBe(1);

		// The first request arrives.
		await page.getByText("Waiting for the first request…").waitFor();
		expect(await codeOf(token, "123456")).toBe("verified");
		await server.app.writeUsage();
		await page.getByText("From Lobby (place 123456), IP address 127.0.0.1").waitFor();

		// Rotate, with time for the old token.
		await page.getByRole("link", { name: "View key" }).first().click();
		await page.getByRole("button", { name: "Rotate" }).click();
		await page.getByRole("radio", { name: "7 days" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
		const next = await copiedToken(page);
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByText("No requests with the old token yet").waitFor();
		expect(await page.getByRole("timer").textContent()).toMatch(/^(7 d|6 d 23 h)$/);

		// The old token is used, and the page says so.
		expect([await codeOf(token, "123456"), await codeOf(next, "123456")]).toEqual(["verified", "verified"]);
		await server.app.writeUsage();
		await page.getByText("The old token is still in use").waitFor();

		// Revoking it takes another rotation.
		await page.getByRole("button", { name: "Revoke old token now" }).click();
		await page.getByRole("button", { name: "Revoke both and get a new token" }).click();
		const last = await copiedToken(page);
		expect([await codeOf(token, "123456"), await codeOf(next, "123456")]).toEqual([
			"key_unknown",
			"token_rotated",
		]);
		expect(await codeOf(last, "123456")).toBe("verified");

		// Revoke, by typing the name.
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Revoke" }).click();
		const revoke = page.getByRole("button", { name: "Revoke key" });
		expect(await revoke.isDisabled()).toBe(true);
		await page.getByRole("textbox", { name: "Type Live servers to confirm" }).fill("Live servers");
		await revoke.click();
		await page.getByText("Permanently revoked").waitFor();
		expect(await codeOf(last, "123456")).toBe("key_revoked");

		// Delete: nothing is left.
		await page.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("button", { name: "Delete key" }).click();
		await page.getByText("No keys yet").waitFor();
		expect(faults).toEqual([]);
	});

	it("ask before an uncopied token is left", async () => {
		const { page } = await signedIn(browser, server, owner);
		await page.goto(`${keysPage()}/new`);
		await page.getByRole("textbox", { name: "Name" }).fill("Live servers");
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByRole("link", { name: "View key" }).click();
		await page.getByRole("button", { name: "Stay here" }).click();
		await copiedToken(page);
		await page.getByRole("link", { name: "View key" }).click();
		await page.getByText("Prefix only").waitFor();
	});

	it("show why the first request was denied, and fix it", async () => {
		const { page } = await signedIn(browser, server, owner);
		await page.goto(`${keysPage()}/new`);
		await page.getByText("This workspace has no places yet").waitFor();
		await page.getByRole("textbox", { name: "Name" }).fill("Live servers");
		await page.getByRole("button", { name: "Create key" }).click();
		const token = await copiedToken(page);
		expect(await codeOf(token, "77")).toBe("place_not_allowed");
		await server.app.writeUsage();
		await page.getByRole("button", { name: "Add place 77 to this workspace" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
		await page.getByText("Place 77 is allowed.").first().waitFor();
		expect(await codeOf(token, "77")).toBe("verified");
		await server.app.writeUsage();
		await page.getByText("The first request arrived").waitFor();
	});

	it("show the server's messages beside the fields, and keep what was typed", async () => {
		const { page } = await signedIn(browser, server, owner);
		await page.goto(`${keysPage()}/new`);
		await page.getByRole("textbox", { name: "Name" }).fill("Live servers");
		const ranges = page.getByRole("combobox", { name: "Allowed IPs" });
		await ranges.fill("10.0.0.300");
		await ranges.press("Enter");
		await page.getByRole("button", { name: "Limits" }).click();
		await page.getByRole("textbox", { name: "Rate limit (requests)" }).fill("10");
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByText("10.0.0.300: must be an IPv4 or IPv6 address").waitFor();
		expect(await page.getByRole("textbox", { name: "Rate limit (requests)" }).inputValue()).toBe("10");
	});

	it("retry a creation whose response was lost without creating a second key", async () => {
		const { page } = await signedIn(browser, server, owner);
		await page.goto(`${keysPage()}/new`);
		await page.getByRole("textbox", { name: "Name" }).fill("Live servers");
		await page.route(
			"**/keys",
			async (route) => {
				await route.fetch();
				await route.abort();
			},
			{ times: 1 },
		);
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByText("The server cannot be reached").waitFor();
		await page.getByRole("button", { name: "Create key" }).click();
		const token = await copiedToken(page);
		const { body } = await owner.call("GET", `/v1/workspaces/${workspaceId}/keys`);
		expect(body.data).toHaveLength(1);
		expect(token).toContain(body.data[0].tokenStart);
	});

	it("are searched, filtered and paged, all in the URL", async () => {
		for (let n = 1; n <= 52; n++) await addKey(`Server ${n}`);
		await addKey("Shop backend", { kind: "service" });
		const { page } = await signedIn(browser, server, owner);
		const rows = () => page.getByRole("table").getByRole("row").count();
		await page.goto(keysPage());
		await page.getByText("Shop backend").waitFor();
		expect(await rows()).toBe(51);
		await page.getByRole("link", { name: "Next" }).click();
		await page.getByText("Server 1", { exact: true }).waitFor();
		expect(await rows()).toBe(4);
		await page.getByRole("link", { name: "First page" }).click();
		await page.getByText("Shop backend").waitFor();

		await page.getByRole("searchbox", { name: "Search keys" }).fill("server 4");
		await page.waitForURL(/\?search=server\+4$/);
		await page.getByText("Shop backend").waitFor({ state: "detached" });
		expect(await rows()).toBe(12);
		await page.reload();
		await page.getByText("Server 49").waitFor();
		expect(await page.getByRole("searchbox", { name: "Search keys" }).inputValue()).toBe("server 4");
		await page.goto(`${keysPage()}?kind=service`);
		await page.getByText("Shop backend").waitFor();
		expect(await rows()).toBe(2);
	});

	it("offer a viewer nothing that viewers cannot do", async () => {
		const viewer = await invite(server, owner, workspaceId, "viewer");
		const { id } = await addKey("Live servers");
		const { page } = await signedIn(browser, server, viewer);
		await page.goto(keysPage());
		await page.getByRole("link", { name: "Live servers" }).waitFor();
		expect(await page.getByRole("link", { name: "Create key" }).count()).toBe(0);
		await page.goto(`${keysPage()}/${id}`);
		await page.getByText("Prefix only").waitFor();
		for (const name of ["Edit", "Rotate", "More actions"]) {
			expect(await page.getByRole("button", { name }).count()).toBe(0);
		}
	});

	const phone = { width: 390, height: 844 };
	it.each([
		["light", { width: 1280, height: 800 }],
		["dark", { width: 1280, height: 800 }],
		["light", phone],
		["dark", phone],
	] as const)("follow the content policy and are accessible: %s, %p", async (colorScheme, viewport) => {
		await addPlace("123456", "Lobby");
		const { id, token } = await addKey("Live servers", { scopes: ["bans.read", "shop.write", "*"] });
		await server.verify(token, "123456");
		await owner.call("POST", `/v1/keys/${id}/rotate`, { body: {} });
		await server.app.writeUsage();
		const { page, faults } = await signedIn(browser, server, owner, { colorScheme, viewport });
		const pages = [
			[keysPage(), "Old token still valid"],
			[`${keysPage()}/new`, "Verification needs no scopes"],
			[`${keysPage()}/${id}`, "1 verified and 0 denied"],
		] as const;
		for (const [address, text] of pages) {
			await page.goto(address);
			await page.getByText(text).first().waitFor();
			expect(await accessibilityFindings(page)).toEqual([]);
			expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(viewport.width);
		}
		for (const name of ["Edit", "Rotate"]) {
			await page.getByRole("button", { name }).click();
			await page.getByRole("dialog").waitFor();
			expect(await accessibilityFindings(page)).toEqual([]);
			await page.keyboard.press("Escape");
			await page.getByRole("dialog").waitFor({ state: "detached" });
		}
		expect(faults).toEqual([]);
	});
});

/** A browser in which this person is signed in. */
async function signedIn(
	browser: TestBrowser,
	{ origin }: TestServer,
	{ cookie }: Person,
	options = {},
): Promise<WatchedPage> {
	const watched = await browser.open(options);
	const [name = "", value = ""] = cookie.split("=");
	await watched.page.context().addCookies([{ name, value, url: origin }]);
	await watched.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
	return watched;
}

/** Copies the shown token to the clipboard, and reads it from there. */
async function copiedToken(page: Page): Promise<string> {
	await page.getByRole("button", { name: "Copy token" }).click();
	await page.getByRole("button", { name: "Copy token" }).getByText("Copied").first().waitFor();
	return page.evaluate("navigator.clipboard.readText()") as Promise<string>;
}
