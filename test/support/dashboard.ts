import type { BrowserContextOptions, Page } from "playwright-core";
import type { TestBrowser, WatchedPage } from "./browser.js";
import type { Person } from "./person.js";
import type { TestServer } from "./server.js";

/** Opens a path of the dashboard in a new browser where the person is signed in. */
export async function openAs(
	browser: TestBrowser,
	{ origin }: Pick<TestServer, "origin">,
	{ cookie }: Pick<Person, "cookie">,
	path: string,
	options?: BrowserContextOptions,
): Promise<WatchedPage> {
	const watched = await browser.open(options);
	const [name = "", value = ""] = cookie.split("=");
	await watched.page.context().addCookies([{ name, value, url: origin }]);
	await watched.page.goto(origin + path);
	return watched;
}

/** Waits until the page has the title and has loaded completely. */
export async function arrived(page: Page, title: string): Promise<void> {
	await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
	const loading = page.locator("[aria-busy]");
	while ((await loading.count()) > 0) await loading.first().waitFor({ state: "detached" });
}

/** The names of the buttons in the page's content. */
export async function buttonsIn(page: Page): Promise<string[]> {
	const buttons = await page.getByRole("main").getByRole("button").all();
	return Promise.all(
		buttons.map(async (button) => (await button.getAttribute("aria-label")) ?? (await button.innerText())),
	);
}

/** The name, or else the text, of the focused element; "" without one. */
export function focused(page: Page): Promise<string> {
	return page.evaluate(`(() => {
		const { activeElement: element } = document;
		if (element === null || element === document.body) return "";
		const label = element.labels?.[0]?.innerText.replace(/ \\*$/, "");
		return element.getAttribute("aria-label") ?? label ?? element.innerText;
	})()`);
}
