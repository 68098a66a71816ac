import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** A suite's browser, and pages in it that remember what went wrong in them. */
export interface TestBrowser {
	/** A page of somebody's own: no cookie or storage is shared with another. */
	open(options?: BrowserContextOptions): Promise<WatchedPage>;
}

export interface WatchedPage {
	readonly page: Page;
	/**
	 * What must never be: errors and warnings of the console (a broken policy is
	 * one), exceptions, and requests to anybody but the server of the first page.
	 */
	readonly faults: readonly string[];
}

/** Found by their names on PATH, or where their installers put them. */
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
 * A suite that needs a browser: Chromium, Chrome or Edge, as
 * `PLACELOCK_TEST_BROWSER` or where they usually are. Without any it is
 * skipped; with `CI=true` it fails.
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
		// A refused call is an answer; whether it was due is the test's to say.
		if (!message.text().startsWith("Failed to load resource: the server responded"))
			faults.push(message.text());
	});
	page.on("pageerror", (error) => faults.push(String(error)));
	page.on("request", (request) => {
		if (request.url().startsWith("data:")) return;
		origin ??= new URL(request.url()).origin;
		if (new URL(request.url()).origin !== origin) faults.push(`asked ${request.url()}`);
	});
	return { page, faults };
}

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page that keeps people from using it: each with where, and why. */
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
