import type { Page } from "playwright-core";
import { describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { invite, type Person, setUp, signIn } from "../support/person.js";
import { startServer } from "../support/server.js";
import { useServer } from "../support/useServer.js";

jest.setTimeout(60_000);

const ended = "Your session has ended";

/** Signs in again in the dialog over the page. */
async function signInAgain(page: Page, { password }: Person): Promise<void> {
	const dialog = page.getByRole("dialog", { name: ended });
	await dialog.getByRole("textbox", { name: "Password" }).fill(password);
	await dialog.getByRole("button", { name: "Sign in" }).click();
	await dialog.waitFor({ state: "detached" });
}

describeWithBrowser("an ended session", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		const { body } = await owner.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
	});

	const pathOf = (page: string) => `/workspaces/${workspaceId}/${page}`;

	it("ends in all tabs when one signs out", async () => {
		const kim = await invite(server, owner, workspaceId, "admin");
		const { page, faults } = await openAs(browser, server, kim, pathOf("keys/new"));
		await arrived(page, "Create key");
		const other = await page.context().newPage();
		await other.goto(`${server.origin}/account`);
		await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
		await arrived(other, "Sign in");
		await arrived(page, "Sign in");
		expect(await page.getByText("Tower Tycoon").count()).toBe(0);
		expect(faults).toEqual([]);
	});

	it("is noticed when its cookie is gone, and keeps what was typed until signing in again", async () => {
		const { page, faults } = await openAs(browser, server, await signIn(server, owner), pathOf("keys/new"));
		await arrived(page, "Create key");
		await page.getByRole("textbox", { name: "Name" }).fill("Typed before");
		await page.context().clearCookies();
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByRole("dialog", { name: ended }).waitFor();
		expect(await page.getByText("No token was sent").count()).toBe(0);
		await signInAgain(page, owner);
		expect(await page.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Typed before");
		await page.getByRole("button", { name: "Create key" }).click();
		await arrived(page, "Key created: Typed before");
		expect(faults).toEqual([]);
	});

	it("sends no more requests until someone signs in again", async () => {
		const lee = await invite(server, owner, workspaceId, "viewer");
		const { page } = await openAs(browser, server, lee, pathOf("places"));
		await arrived(page, "Places");
		await lee.call("DELETE", "/v1/session");
		await page.getByRole("link", { name: "Members", exact: true }).click();
		await page.getByRole("dialog", { name: ended }).waitFor();
		const asked: string[] = [];
		page.on("request", (request) => asked.push(request.url()));
		await page.goBack();
		await arrived(page, "Places");
		expect(asked.filter((url) => url.includes("/v1/"))).toEqual([]);
		await signInAgain(page, lee);
		await page.getByText("No places yet").waitFor();
	});

	it("lets another account start over", async () => {
		const kim = await invite(server, owner, workspaceId, "viewer");
		const { page, faults } = await openAs(browser, server, kim, pathOf("places"));
		await arrived(page, "Places");
		await kim.call("DELETE", "/v1/session");
		await page.getByRole("link", { name: "Members", exact: true }).click();
		await page.getByRole("button", { name: "Use another account" }).click();
		await arrived(page, "Sign in");
		await page.getByLabel("Username").fill(owner.name);
		await page.getByRole("textbox", { name: "Password" }).fill(owner.password);
		await page.getByRole("button", { name: "Sign in" }).click();
		await arrived(page, "Workspaces");
		expect(await page.getByText(kim.name).count()).toBe(0);
		expect(faults).toEqual([]);
	});

	it("replaced by another account's restarts the page with that one, without a not-found error", async () => {
		const sam = await invite(server, owner, workspaceId, "viewer");
		const { body: hidden } = await owner.call("POST", "/v1/workspaces", { body: { name: "Not for Sam" } });
		const mine = await signIn(server, owner);
		const { page } = await openAs(browser, server, mine, `/workspaces/${hidden.id}/members`);
		await arrived(page, "Members");
		const [name = "", value = ""] = sam.cookie.split("=");
		await page.context().addCookies([{ name, value, url: server.origin }]);
		await page.getByRole("link", { name: "Places", exact: true }).click();
		await page.getByText(`This browser is now signed in as ${sam.name}.`).waitFor();
		await arrived(page, "Workspaces");
		expect(await page.getByText("Not for Sam").count()).toBe(0);
		expect(await page.getByRole("button", { name: `Account ${sam.name}` }).count()).toBe(1);
	});

	it("keeps an uncopied token on the screen, to be copied first", async () => {
		const mine = await signIn(server, owner);
		const { page } = await openAs(browser, server, mine, pathOf("keys/new"));
		await arrived(page, "Create key");
		await page.getByRole("textbox", { name: "Name" }).fill("Shown at the end");
		await page.getByRole("button", { name: "Create key" }).click();
		const token = page.getByRole("textbox", { name: "Token" });
		const value = await token.inputValue();
		await mine.call("DELETE", "/v1/session");
		// The page polls for the key's first request, and learns of it that way.
		const dialog = page.getByRole("dialog", { name: ended });
		await dialog.getByRole("button", { name: "Copy it first" }).click();
		await dialog.waitFor({ state: "detached" });
		expect(await token.inputValue()).toBe(value);
		await page.getByRole("button", { name: "Copy token" }).click();
		await dialog.waitFor();
		expect(await dialog.getByRole("button", { name: "Copy it first" }).count()).toBe(0);
	});

	it("keeps such a token when another tab signs out, and leaves once it was copied", async () => {
		const kim = await invite(server, owner, workspaceId, "admin");
		const { page } = await openAs(browser, server, kim, pathOf("keys/new"));
		await page.clock.install();
		await page.reload();
		await page.getByRole("textbox", { name: "Name" }).fill("Signed out elsewhere");
		await page.getByRole("button", { name: "Create key" }).click();
		const token = page.getByRole("textbox", { name: "Token" });
		const value = await token.inputValue();
		const other = await page.context().newPage();
		await other.goto(`${server.origin}/account`);
		await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
		await arrived(other, "Sign in");
		await page.getByRole("button", { name: "Copy it first" }).click();
		expect(await token.inputValue()).toBe(value);
		// Longer than unobserved data stays cached.
		await page.clock.fastForward("06:00");
		await page.getByRole("button", { name: "Copy token" }).click();
		await arrived(page, "Sign in");
	});

	it("closes the question about unsaved changes when another tab signs out", async () => {
		const kim = await invite(server, owner, workspaceId, "admin");
		const { body: key } = await owner.call("POST", `/v1/workspaces/${workspaceId}/keys`, {
			body: { name: "Being edited", kind: "game", scopes: [] },
		});
		const { page } = await openAs(browser, server, kim, pathOf(`keys/${key.id}`));
		await page.getByRole("button", { name: "Edit" }).click();
		const edit = page.getByRole("dialog", { name: "Edit Being edited" });
		await edit.getByRole("textbox", { name: "Name" }).fill("Changed");
		await page.keyboard.press("Escape");
		await page.getByRole("dialog", { name: "Discard changes?" }).waitFor();
		const other = await page.context().newPage();
		await other.goto(`${server.origin}/account`);
		await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
		await arrived(page, "Sign in");
		await page.getByRole("dialog").waitFor({ state: "detached" });
	});

	it.each([
		["a filled-in form", false],
		["an uncopied token", true],
	])("of another account is not ended by an open sign-out question: over %s", async (_, hasToken) => {
		const olga = await invite(server, owner, workspaceId, "admin");
		const cy = await invite(server, owner, workspaceId, "admin");
		const { page } = await openAs(browser, server, olga, pathOf("keys/new"));
		await page.getByRole("textbox", { name: "Name" }).fill("Half done");
		if (hasToken) {
			await page.getByRole("button", { name: "Create key" }).click();
			await page.getByRole("textbox", { name: "Token" }).waitFor();
		}
		await page.getByRole("button", { name: /^Account/ }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		const question = page.getByRole("dialog", { name: /^Leave without/ });
		await question.waitFor();
		const other = await page.context().newPage();
		await other.goto(`${server.origin}/account`);
		await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
		await arrived(other, "Sign in");
		await other.getByLabel("Username").fill(cy.name);
		await other.getByRole("textbox", { name: "Password" }).fill(cy.password);
		await other.getByRole("button", { name: "Sign in" }).click();
		await arrived(other, "Workspaces");
		if (hasToken) await page.getByRole("dialog", { name: `Now signed in as ${cy.name}` }).waitFor();
		await question.waitFor({ state: "detached" });
		await other.reload();
		await arrived(other, "Workspaces");
	});

	it("never started in a browser that does not keep its cookie, which is explained", async () => {
		const https = await startServer({ settings: { publicUrl: "https://placelock.example" } });
		const person = await setUp(https);
		const { page } = await browser.open();
		// As a browser does with an https cookie on an http page.
		await page.route("**/v1/session", async (route) => {
			if (route.request().method() === "GET") await page.context().clearCookies();
			await route.continue();
		});
		await page.goto(`${https.origin}/sign-in`);
		await page.getByLabel("Username").fill(person.name);
		await page.getByRole("textbox", { name: "Password" }).fill(person.password);
		await page.getByRole("button", { name: "Sign in" }).click();
		const note = page.getByRole("alert").filter({ hasText: "Your browser did not keep the session" });
		expect(await note.innerText()).toContain("Open https://placelock.example instead");
		expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Sign in");
		await https.close();
	});
});
