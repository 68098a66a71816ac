import { describeWithBrowser } from "../support/browser.js";
import { openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

describeWithBrowser("names", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		const { body } = await owner.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
	});

	it("can have as many characters as the server allows, however the browser counts them", async () => {
		const { page } = await openAs(browser, server, owner, `/workspaces/${workspaceId}/places`);
		const name = "🏰".repeat(100);
		await page.getByRole("button", { name: "Add place" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Place ID or link").fill("77");
		// Typed, not set: only then does the browser apply `maxlength`.
		await dialog.getByLabel("Name").focus();
		await page.keyboard.insertText(`${name}!`);
		expect(await dialog.getByLabel("Name").inputValue()).toBe(name);
		await dialog.getByRole("button", { name: "Add place" }).click();
		await dialog.waitFor({ state: "detached" });
		const { body } = await owner.call("GET", `/v1/workspaces/${workspaceId}/places`);
		expect(body.data[0].name).toBe(name);
	});

	it("in a right-to-left script do not reorder the text beside them", async () => {
		const path = `/workspaces/${workspaceId}/settings`;
		await owner.call("PATCH", `/v1/workspaces/${workspaceId}`, { body: { name: "מגדל 7" } });
		const { page } = await openAs(browser, server, owner, path);
		await page.getByRole("button", { name: "Delete workspace" }).click();
		const strong = page.getByText("to confirm").locator("strong");
		expect(await strong.innerText()).toBe("מגדל 7");
		const bidi = (selector: string) =>
			page.evaluate(`getComputedStyle(document.querySelector("[role=dialog] ${selector}")).unicodeBidi`);
		expect([await bidi("strong"), await bidi("input")]).toEqual(["isolate", "plaintext"]);
		expect(await page.locator("bdi").first().innerText()).toBe("מגדל 7");
	});
});
