import { describeWithBrowser } from "../support/browser.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

const hourMs = 3_600_000;

describeWithBrowser("a browser whose clock is wrong", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		({ id: workspaceId } = await server.workspace());
	});

	it.each([
		["ahead", 2],
		["behind", -2],
	])("shows past and future by the server's clock: two hours %s", async (_, hours) => {
		const { key } = await server.key(workspaceId);
		await owner.call("POST", `/v1/keys/${key.id}/rotate`, { body: { overlapSeconds: 3600 } });
		const { page, faults } = await browser.open();
		await page.clock.install({ time: Date.now() + hours * hourMs });
		const [name = "", value = ""] = owner.cookie.split("=");
		await page.context().addCookies([{ name, value, url: server.origin }]);
		await page.goto(`${server.origin}/workspaces/${workspaceId}/keys/${key.id}`);
		await page
			.getByRole("timer")
			.filter({ hasText: /^(1 h|59 min)/ })
			.waitFor();
		const created = page.locator("dt", { hasText: "Created" }).locator("xpath=following-sibling::dd[1]");
		await created.getByText("just now").waitFor();

		// Expiries are computed by the server's clock as well.
		await page.goto(`${server.origin}/workspaces/${workspaceId}/keys/new`);
		await page.getByRole("textbox", { name: "Name" }).fill(`Skewed ${hours}`);
		await page.getByRole("combobox", { name: "Expires" }).click();
		await page.getByRole("option", { name: "In 7 days" }).click();
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByRole("button", { name: "Copy token" }).waitFor();
		const { body } = await owner.call("GET", `/v1/workspaces/${workspaceId}/keys`);
		const lasts = Date.parse(body.data[0].expiresAt) - Date.parse(body.data[0].createdAt);
		expect(Math.abs(lasts - 7 * 24 * hourMs)).toBeLessThan(hourMs / 2);
		expect(faults).toEqual([]);
	});
});
