import { describeWithBrowser } from "../support/browser.js";
import { FakeClock } from "../support/clock.js";
import { arrived, openAs } from "../support/dashboard.js";
import { invite, type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

const dayMs = 86_400_000;

describeWithBrowser("the overview of a new workspace", (browser) => {
	const clock = new FakeClock(Date.now());
	const server = useServer({ clock, settings: { publicUrl: "http://keys.example.com:8443" } });
	let owner: Person;
	beforeAll(async () => {
		owner = await setUp(server);
	});
	beforeEach(() => clock.set(Date.now()));

	it("shows the same steps as the page of a new key: its script, its download, its form", async () => {
		const { id } = await server.workspace();
		const { page, faults } = await openAs(browser, server, owner, `/workspaces/${id}/overview`);
		const steps = page.getByRole("region", { name: "First steps" });
		const download = steps.getByRole("link", { name: "Download Placelock.rbxm" });
		await download.waitFor();
		expect(await download.getAttribute("href")).toBe("/download/Placelock.rbxm");
		const script = await steps.locator("pre").innerText();
		expect(script).toContain('url = "http://keys.example.com:8443"');
		expect(await steps.getByText("npm run").count()).toBe(0);
		await steps.getByRole("link", { name: "Create a game key" }).click();
		await arrived(page, "Create key");
		expect(faults).toEqual([]);
	});

	it("shows viewers the progress, and offers them nothing they cannot do", async () => {
		const { id } = await server.workspace();
		const viewer = await invite(server, owner, id, "viewer");
		const { page } = await openAs(browser, server, viewer, `/workspaces/${id}/overview`);
		const steps = page.getByRole("region", { name: "First steps" });
		await steps.getByText("Owners and admins complete these steps").waitFor();
		await steps.getByText("Add your place (to do)").waitFor();
		expect(await steps.getByRole("link").count()).toBe(0);
		expect(await steps.getByRole("button").count()).toBe(0);
	});

	it("counts idle keys separately from active ones", async () => {
		clock.set(Date.now() - 10 * dayMs);
		const { id } = await server.workspace({ idleDays: 5 });
		await server.key(id);
		await server.key(id);
		clock.set(Date.now());
		await server.key(id);
		const { page } = await openAs(browser, server, owner, `/workspaces/${id}/overview`);
		await page.getByRole("link", { name: "1 active key, 2 idle" }).waitFor();
	});
});
