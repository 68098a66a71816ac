import { describeWithBrowser } from "../support/browser.js";
import { arrived, focused, openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

jest.setTimeout(60_000);

describeWithBrowser("without a mouse", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		const { body } = await owner.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
	});

	it("the navigation on a phone can be reached only while it is open", async () => {
		const viewport = { width: 390, height: 844 };
		const path = `/workspaces/${workspaceId}/members`;
		const { page, faults } = await openAs(browser, server, owner, path, { viewport });
		await arrived(page, "Members");
		const reached: string[] = [];
		for (let n = 0; n < 6; n++) {
			await page.keyboard.press("Tab");
			reached.push(await focused(page));
		}
		expect(reached.slice(0, 3)).toEqual(["Skip to content", "Menu", "Invite"]);
		expect(reached).not.toContain("Overview");

		const burger = page.getByRole("button", { name: "Menu" });
		await burger.focus();
		await page.keyboard.press("Enter");
		await waitFor("the focus in the navigation", async () => (await focused(page)) === "Tower Tycoon");
		await page.keyboard.press("Tab");
		expect(await focused(page)).toBe("Overview");
		await page.keyboard.press("Escape");
		expect(await focused(page)).toBe("Menu");
		expect(await burger.getAttribute("aria-expanded")).toBe("false");

		await page.keyboard.press("Enter");
		await page.getByRole("link", { name: "Places", exact: true }).press("Enter");
		await arrived(page, "Places");
		expect(await burger.getAttribute("aria-expanded")).toBe("false");
		expect(faults).toEqual([]);
	});

	it("a failed sign-in keeps the focus, and is not sent twice", async () => {
		const { page } = await browser.open();
		await page.goto(`${server.origin}/sign-in`);
		await page.getByLabel("Username").fill(owner.name);
		await page.getByRole("textbox", { name: "Password" }).fill("not the one it is");
		let sent = 0;
		let letGo = () => {};
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		await page.route("**/v1/session", async (route) => {
			sent++;
			await held;
			await route.continue();
		});
		const button = page.getByRole("button", { name: "Sign in" });
		await button.focus();
		await page.keyboard.press("Enter");
		await waitFor("the call", () => sent === 1);
		await page.keyboard.press("Enter");
		expect(await button.isDisabled()).toBe(true);
		letGo();
		await page.getByRole("alert").waitFor();
		expect([await focused(page), sent]).toEqual(["Sign in", 1]);
	});

	it("too many attempts show how long to wait", async () => {
		const { page } = await browser.open();
		await page.route("**/v1/session", (route) => {
			if (route.request().method() !== "POST") return route.fallback();
			const { title, fix } = {
				title: "Too many attempts with a wrong token or password",
				fix: "Wait for the seconds in Retry-After.",
			};
			return route.fulfill({
				status: 429,
				headers: { "Retry-After": "300", "Content-Type": "application/problem+json" },
				body: JSON.stringify({ code: "too_many_failures", title, fix, requestId: "r1" }),
			});
		});
		await page.goto(`${server.origin}/sign-in`);
		await page.getByLabel("Username").fill(owner.name);
		await page.getByRole("textbox", { name: "Password" }).fill("not the one it is");
		await page.getByRole("button", { name: "Sign in" }).click();
		const note = await page.getByRole("alert").innerText();
		expect(note).toContain("Wait 5 minutes, then try again.");
		expect(note).not.toContain("Retry-After");
	});

	it("relative times show the exact time", async () => {
		const { page } = await openAs(browser, server, owner, "/account");
		await arrived(page, "Your account");
		await page.locator("time").first().focus();
		await page
			.getByRole("tooltip")
			.getByText(/\d{4}, \d\d:\d\d:\d\d/)
			.waitFor();
	});
});
