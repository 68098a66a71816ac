import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describeWithBrowser } from "../support/browser.js";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { startGameServer } from "../support/roblox/gameServer.js";

const password = "four plain words together";

describeWithBrowser("a newcomer with a fresh server", (browser) => {
	let folder: string;
	let server: ListeningProcess;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "placelock-newcomer-"));
		server = await startProcess({}, folder);
	});
	afterAll(async () => {
		await server.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	it("gets from the printed link to a verified game key without the terminal", async () => {
		const { page, faults } = await browser.open();
		const link = /http:\/\/\S+\/setup#\w+/.exec(server.output())?.[0] ?? "";
		const click = (name: string) => page.getByRole("button", { name, exact: true }).click();
		const submit = (name: string) =>
			page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

		await page.goto(link);
		await page.getByLabel("Username").fill("Kim_Builds");
		await page.getByLabel(/^Password/).fill("password1234");
		await click("Create account");
		await page.getByText("is a common password").waitFor();
		await page.getByLabel(/^Password/).fill(password);
		await click("Create account");

		await page.getByText("Create your first workspace").waitFor();
		await click("Create workspace");
		await page.getByLabel("Name").fill("Obby Studio");
		await submit("Create workspace");

		await page.getByRole("heading", { name: "Overview" }).waitFor();
		await page.getByRole("link", { name: "Places", exact: true }).click();
		await page.getByRole("button", { name: "Add place" }).first().click();
		await page.getByLabel("Place ID or link").fill("https://www.roblox.com/games/123456/My-Game");
		await submit("Add place");
		await page.getByText("123456").first().waitFor();

		await page.getByRole("link", { name: "API keys", exact: true }).click();
		await page.getByRole("link", { name: "Create key" }).first().click();
		await page.getByLabel("Name").fill("Game servers");
		await click("Create key");
		// Leaving without it would ask for confirmation.
		await click("Copy token");
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("link", { name: "Download Placelock.rbxm" }).click(),
		]);
		const model = await buffer(await download.createReadStream());
		expect(model.subarray(0, 8).toString()).toBe("<roblox!");
		await page.getByText("Waiting for the first request").waitFor();

		const script = await page.locator("pre", { hasText: "Placelock.connect" }).first().innerText();
		const game = await startGameServer({ placeId: 123456 });
		await game.runToEnd(script);
		expect(game.output).toEqual([{ level: "print", text: "workspace Obby Studio place 123456" }]);
		await game.close();
		await page.getByText("The first request arrived").waitFor();

		const elsewhere = await startGameServer({ placeId: 4711 });
		await elsewhere.runToEnd(script);
		expect(elsewhere.output.map(({ text }) => text).join()).toContain("denied place_not_allowed");
		await elsewhere.close();
		await page.getByRole("link", { name: "Denied requests" }).click();
		await page.getByRole("button", { name: "Add place 4711 to this workspace" }).waitFor();

		await page.getByRole("button", { name: "Kim_Builds" }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		await page.getByLabel("Username").fill("kim_builds");
		await page.getByLabel(/^Password/).fill(password);
		await click("Sign in");

		await page.getByRole("heading", { name: "Workspaces" }).waitFor();
		expect(faults).toEqual([]);
	}, 120_000);
});
