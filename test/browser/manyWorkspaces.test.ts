import { describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

describeWithBrowser("an operator with more workspaces than one page lists", (browser) => {
	const server = useServer();
	let operator: Person;
	let first: string;
	let second: string;
	beforeAll(async () => {
		operator = await setUp(server);
		({ id: first } = await server.workspace({ name: "The very first" }));
		({ id: second } = await server.workspace({ name: "The second" }));
		for (let n = 1; n <= 205; n++) await server.workspace({ name: `Game ${n}` });
	});

	it("sees the name of the open one, and finds another among all", async () => {
		const { page, faults } = await openAs(browser, server, operator, `/workspaces/${first}/places`);
		await arrived(page, "Places");
		await page.getByRole("button", { name: "The very first" }).click();
		await page.getByRole("textbox", { name: "Search workspaces" }).fill("second");
		await page.getByRole("menuitem", { name: "The second" }).click();
		await page.waitForURL(`**/workspaces/${second}/**`);
		await page.getByRole("button", { name: "The second" }).click();
		await page.getByRole("textbox", { name: "Search workspaces" }).fill("nothing like it");
		await page.getByText("No matching workspaces").waitFor();
		expect(faults).toEqual([]);
	});
});
