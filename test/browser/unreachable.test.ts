import { describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { openTcpProxy } from "../support/tcpProxy.js";
import { useServer } from "../support/useServer.js";

jest.setTimeout(60_000);

describeWithBrowser("the dashboard of an unreachable server", (browser) => {
	const server = useServer();
	let owner: Person;
	beforeAll(async () => {
		owner = await setUp(server);
	});

	it("stays a page with a retry button", async () => {
		const proxy = await openTcpProxy("127.0.0.1", server.port);
		const origin = `http://127.0.0.1:${proxy.port}`;
		const { page } = await openAs(browser, { origin }, owner, "/workspaces");
		await arrived(page, "Workspaces");
		proxy.cut();
		await page.getByRole("button", { name: /^Account/ }).click();
		await page.getByRole("menuitem", { name: "Your account" }).click();
		const again = page.getByRole("button", { name: "Try again" });
		await page.getByText("The server cannot be reached").waitFor();
		await again.click();
		await page.getByText("The server cannot be reached").waitFor();
		expect(page.url()).toContain(origin);
		proxy.pass();
		await again.click();
		await arrived(page, "Your account");
		await proxy.close();
	});
});
