import { accessibilityFindings, describeWithBrowser } from "../support/browser.js";
import { useServer } from "../support/useServer.js";

describeWithBrowser("the pages before signing in", (browser) => {
	const server = useServer();

	const phone = { width: 390, height: 844 };
	const desk = { width: 1280, height: 800 };
	const looks = [
		["light", desk],
		["dark", desk],
		["light", phone],
		["dark", phone],
	] as const;

	it.each(looks)("follow the content policy and are accessible: %s, %p", async (colorScheme, viewport) => {
		const { page, faults } = await browser.open({ colorScheme, viewport });
		await page.goto(`${server.origin}/sign-in`);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByText("Enter your password.").waitFor();
		expect(await accessibilityFindings(page)).toEqual([]);
		const wide = await page.evaluate("document.documentElement.scrollWidth");
		expect(wide).toBeLessThanOrEqual(viewport.width);
		expect(faults).toEqual([]);
	});

	it("apply the styles that the policy allows by its nonce", async () => {
		const { page } = await browser.open({ colorScheme: "dark" });
		await page.goto(`${server.origin}/sign-in`);
		const colour = "getComputedStyle(document.body).getPropertyValue('--mantine-color-body')";
		await page.getByRole("button", { name: "Sign in" }).waitFor();
		// From a style element of the page's own, not from a file.
		expect(await page.evaluate(colour)).toBe("#16181d");
	});

	it("keep the chosen theme, from before the first paint", async () => {
		const { page } = await browser.open({ colorScheme: "light" });
		const scheme = "document.documentElement.dataset.mantineColorScheme";
		await page.goto(`${server.origin}/sign-in`);
		await page.getByRole("button", { name: "Theme" }).click();
		await page.getByRole("menuitem", { name: "Dark" }).click();
		expect(await page.evaluate(scheme)).toBe("dark");
		// Without the page's main script, only the one in its head runs.
		await page.route("**/assets/*.js", (route) => route.abort());
		await page.reload({ waitUntil: "domcontentloaded" });
		expect(await page.evaluate(scheme)).toBe("dark");
	});

	it("remove the code of a one-time link from the URL", async () => {
		const { page } = await browser.open();
		await page.goto(`${server.origin}/reset#a-secret-code`);
		await page.waitForURL(`${server.origin}/reset`);
		expect(
			await page.evaluate("location.hash + document.referrer + JSON.stringify(history.state)"),
		).not.toContain("secret");
	});
});
