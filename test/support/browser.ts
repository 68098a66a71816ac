import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** A suite's browser, with pages that record what went wrong in them. */
export interface TestBrowser {
	/** Opens a page with cookies and storage of its own. */
	open(options?: BrowserContextOptions): Promise<WatchedPage>;
}

export interface WatchedPage {
	readonly page: Page;
	/**
	 * What must never happen: console errors and warnings (such as a violated
	 * content policy), exceptions, and requests to any server but the first page's.
	 */
	readonly faults: readonly string[];
}

/** Names to look for on PATH, and where installers put the programs. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const places = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
	"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const args = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/**
 * A suite that needs a browser: Chromium, Chrome or Edge, from
 * `PLACELOCK_TEST_BROWSER` or the usual locations. Without one it is skipped;
 * with `CI=true` it fails.
 */
export function describeWithBrowser(title: string, suite: (browser: TestBrowser) => void): void {
	const program = findBrowser();
	if (program === undefined && process.env.CI !== "true") {
		describe.skip(title, () => it("has a browser to run in", () => {}));
		return;
	}
	describe(title, () => {
		let browser: Browser;
		beforeAll(async () => {
			if (program === undefined) throw new Error(`no browser found: none of ${names.join(", ")} is on PATH`);
			browser = await chromium.launch({ executablePath: program, args });
		}, 60_000);
		afterAll(() => browser?.close());
		suite({ open: (options) => openWatched(browser, options) });
	});
}

function findBrowser(): string | undefined {
	const chosen = process.env.PLACELOCK_TEST_BROWSER;
	const onPath = (process.env.PATH ?? "")
		.split(delimiter)
		.flatMap((folder) => names.map((name) => join(folder, name)));
	return [...(chosen === undefined ? [] : [chosen]), ...onPath, ...places].find((file) => existsSync(file));
}

async function openWatched(browser: Browser, options?: BrowserContextOptions): Promise<WatchedPage> {
	const context = await browser.newContext({ reducedMotion: "reduce", ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	const faults: string[] = [];
	let origin: string | undefined;
	page.on("console", (message) => {
		if (!["error", "warning"].includes(message.type())) return;
		// A denied request is a regular response; the test decides whether it was expected.
		if (!message.text().startsWith("Failed to load resource: the server responded"))
			faults.push(message.text());
	});
	page.on("pageerror", (error) => faults.push(String(error)));
	page.on("request", (request) => {
		if (request.url().startsWith("data:")) return;
		origin ??= new URL(request.url()).origin;
		if (new URL(request.url()).origin !== origin) faults.push(`requested ${request.url()}`);
	});
	return { page, faults };
}

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page that keeps people from using it, with place and reason. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const violations = await page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
		return (await axe.run()).violations;
	});
	return violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
		);
}
