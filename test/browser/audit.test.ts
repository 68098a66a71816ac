import { describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

describeWithBrowser("the audit log", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		({ id: workspaceId } = await server.workspace());
		await server.place(workspaceId, { id: "123456", name: "Lobby" });
		await server.place(workspaceId, { id: "777", name: "Arena" });
		for (let n = 0; n < 160; n++) await server.key(workspaceId);
	});

	const path = () => `/workspaces/${workspaceId}/audit`;

	it("is filtered by a place, found by its name or its ID", async () => {
		const { page, faults } = await openAs(browser, server, owner, path());
		const on = page.getByRole("combobox", { name: "Target", exact: true });
		await on.fill("arena");
		await page.getByRole("option", { name: "Arena (777)" }).click();
		await page.waitForURL(/\?target=777$/);
		await page.getByText("added place Arena (777)").waitFor();
		expect(await page.getByRole("list", { name: "Changes" }).getByRole("listitem").count()).toBe(1);
		await on.fill("1234");
		await page.getByRole("option", { name: "Lobby (123456)" }).click();
		await page.getByText("added place Lobby (123456)").waitFor();
		expect(faults).toEqual([]);
	});

	it("refetches only the newest entries, however many pages are open", async () => {
		const page = (await browser.open()).page;
		await page.clock.install();
		const [name = "", value = ""] = owner.cookie.split("=");
		await page.context().addCookies([{ name, value, url: server.origin }]);
		await page.goto(server.origin + path());
		const entries = page.getByRole("list", { name: "Changes" }).getByRole("listitem");
		const more = page.getByRole("button", { name: "Show more" });
		await entries.first().waitFor();
		while (await more.isVisible()) {
			const before = await entries.count();
			await more.click();
			await waitFor("more entries", async () => (await entries.count()) > before);
		}
		const all = await entries.count();
		expect(all).toBe(163);
		await arrived(page, "Audit log");
		const asked: string[] = [];
		page.on("request", (request) => {
			if (/^\/v1\/.*\/audit$/.test(new URL(request.url()).pathname))
				asked.push(new URL(request.url()).search);
		});
		await server.key(workspaceId, { name: "Made meanwhile" });
		await page.clock.fastForward(16_000);
		await page.getByText("created the key Made meanwhile").waitFor();
		expect(asked).toEqual([""]);
		expect(await entries.count()).toBe(all + 1);
	});

	it("sends no request when the dates are in the wrong order, and says so beside the field", async () => {
		const { page, faults } = await openAs(browser, server, owner, path());
		await arrived(page, "Audit log");
		const asked: string[] = [];
		page.on("request", (request) => {
			if (/^\/v1\/.*\/audit$/.test(new URL(request.url()).pathname))
				asked.push(new URL(request.url()).search);
		});
		await page.goto(`${server.origin}${path()}?from=2026-11-20&to=2026-11-10`);
		await page.getByText("Must not be before the start date.").waitFor();
		await arrived(page, "Audit log");
		expect(asked).toEqual([]);
		expect(await page.getByRole("alert").count()).toBe(0);
		expect(await page.getByText("No matching changes").count()).toBe(0);
		expect(faults).toEqual([]);
	});

	it("reports an ended session instead of downloading nothing", async () => {
		const { page } = await openAs(browser, server, owner, path());
		await arrived(page, "Audit log");
		await page.context().clearCookies();
		await page.getByRole("link", { name: "Export JSONL" }).click();
		await page.getByText("Your session has ended").waitFor();
	});

	it("reports an unreachable server instead of downloading nothing", async () => {
		const { page } = await openAs(browser, server, owner, path());
		await arrived(page, "Audit log");
		await page.route("**/v1/session", (route) => route.abort());
		await page.getByRole("link", { name: "Export JSONL" }).click();
		await page.getByText("Export failed").waitFor();
		await page.getByText("The server cannot be reached").waitFor();
	});
});
