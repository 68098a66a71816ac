import type { BrowserContextOptions, Page } from "playwright-core";
import type { TestBrowser, WatchedPage } from "./browser.js";
import type { Person } from "./person.js";
import type { TestServer } from "./server.js";

/** The dashboard at a path, in a browser of the person's own where the person is signed in. */
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

/** Waits until the page has the title, and everything on it has loaded. */
export async function arrived(page: Page, title: string): Promise<void> {
	await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
	const loading = page.locator("[aria-busy]");
	while ((await loading.count()) > 0) await loading.first().waitFor({ state: "detached" });
}

/** What can be pressed inside the page's content, by name. */
export async function buttonsIn(page: Page): Promise<string[]> {
	const buttons = await page.getByRole("main").getByRole("button").all();
	return Promise.all(
		buttons.map(async (button) => (await button.getAttribute("aria-label")) ?? (await button.innerText())),
	);
}

/** The name, or else the text, of what has the focus; "" when nothing has it. */
export function focused(page: Page): Promise<string> {
	return page.evaluate(`(() => {
		const { activeElement: element } = document;
		if (element === null || element === document.body) return "";
		const label = element.labels?.[0]?.innerText.replace(/ \\*$/, "");
		return element.getAttribute("aria-label") ?? label ?? element.innerText;
	})()`);
}
