import type { Page } from "playwright-core";
import type { IssuedKey } from "../../server/keys/issueKey.js";
import { accessibilityFindings, describeWithBrowser } from "../support/browser.js";
import { invite, type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

/** The pages poll every 5 seconds, and each scenario waits for several polls. */
const patienceMs = 90_000;

describeWithBrowser("the owner of a workspace", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	let game: IssuedKey;
	beforeAll(async () => {
		owner = await setUp(server, { name: "Kim_Builds", password: "four plain words together" });
	});
	beforeEach(async () => {
		const made = await owner.call("POST", "/v1/workspaces", { body: { name: "Obby Studio" } });
		workspaceId = made.body.id;
		game = await server.key(workspaceId, { name: "Game servers" });
	});

	/** Opens a page of the workspace as this person. */
	async function open(person: Person, path: string) {
		const { page, faults } = await browser.open();
		const [name = "", value = ""] = person.cookie.split("=");
		await page.context().addCookies([{ name, value, url: server.origin }]);
		await page.goto(`${server.origin}/workspaces/${workspaceId}/${path}`);
		return { page, faults };
	}

	/** Sends a request of a game server, and flushes the server's counts. */
	async function play(placeId: string): Promise<number> {
		const { status } = await server.verify(game.token, placeId);
		await server.app.writeUsage();
		return status;
	}

	/** Waits until the overview shows this number under this title. */
	const shows = (page: Page, title: string, number: RegExp) =>
		page.locator("dl > div").filter({ hasText: title }).locator("dd").filter({ hasText: number }).waitFor();

	it(
		"sees a denied request, adds its place with a button, and finds both in the records",
		async () => {
			const { page, faults } = await open(owner, "denials");
			await page.getByText("No denied requests").waitFor();

			expect(await play("4711")).toBe(403);
			const denial = page.getByRole("listitem").filter({ hasText: "place_not_allowed" });
			// It appears without a reload: the page polls.
			await denial.getByRole("button", { name: "Add place 4711 to this workspace" }).click();
			const dialog = page.getByRole("dialog", { name: "Add place 4711 to this workspace?" });
			await dialog.getByText("Only add places that are yours.").waitFor();
			expect(await accessibilityFindings(page)).toEqual([]);
			await dialog.getByRole("button", { name: "Add" }).click();
			await page.getByText("The next such request will be accepted.").waitFor();
			await denial.getByText("Place 4711 is allowed.").waitFor();
			expect(await play("4711")).toBe(200);

			await page.getByRole("link", { name: "Overview" }).click();
			await shows(page, "Requests verified", /^1$/);
			await shows(page, "Requests denied", /^150% of all$/);
			// One bar for the verified request, one on top of it for the denied one.
			const bars = page.locator("section", {
				has: page.getByRole("heading", { name: "Requests", exact: true }),
			});
			await bars.locator(".recharts-bar-rectangle path").nth(1).waitFor();
			expect(await accessibilityFindings(page)).toEqual([]);
			await page.getByRole("button", { name: "Show as table" }).click();
			expect(await page.getByRole("row").count()).toBe(1 + 24);

			await page.getByRole("link", { name: "Audit log" }).click();
			const added = page.getByRole("listitem").filter({ hasText: "Kim_Builds added place 4711" });
			await added.getByRole("button", { name: "Details" }).click();
			await added.getByRole("row", { name: "status – active" }).waitFor();
			expect(await accessibilityFindings(page)).toEqual([]);
			expect(faults).toEqual([]);
		},
		patienceMs,
	);

	it("sees the fix, and who can apply it, as a viewer", async () => {
		await play("4711");
		const viewer = await invite(server, owner, workspaceId, "viewer");
		const { page } = await open(viewer, "denials");
		const denial = page.getByRole("listitem").filter({ hasText: "place_not_allowed" });
		await denial.getByText("Only owners and admins can do this.").waitFor();
		expect(await denial.getByRole("button").count()).toBe(0);
	});

	it(
		"sees the first steps being checked off",
		async () => {
			const { page, faults } = await open(owner, "overview");
			const steps = page.getByRole("region", { name: "First steps" });
			await steps.getByText("Create a key (done)").waitFor();
			await steps.getByText("Add your place (to do)").waitFor();
			expect(await accessibilityFindings(page)).toEqual([]);
			expect(await play("99")).toBe(403);
			await steps.getByText("A request arrived and was denied").waitFor();
			await owner.call("PUT", `/v1/workspaces/${workspaceId}/places/99`, { body: {} });
			expect(await play("99")).toBe(200);
			await steps.getByText("All set: the first request was verified").waitFor();
			await steps.getByRole("button", { name: "Dismiss" }).click();
			await steps.waitFor({ state: "detached" });
			expect(faults).toEqual([]);
		},
		patienceMs,
	);

	it("finds a change by filters that stay in the URL, and exports what matches", async () => {
		const key = await owner.call("POST", `/v1/workspaces/${workspaceId}/keys`, {
			body: { name: "Shop", kind: "service", scopes: [] },
		});
		await owner.call("POST", `/v1/keys/${key.body.id}/rotate`, { body: {} });
		const { page } = await open(owner, "audit");
		await page.getByText("Kim_Builds created the key Shop").waitFor();
		await page.getByRole("combobox", { name: "Action" }).click();
		await page.getByRole("option", { name: "Key rotated" }).click();
		await page.getByText("Kim_Builds created the key Shop").waitFor({ state: "detached" });
		expect(new URL(page.url()).search).toBe("?action=keys.rotate");
		await page.reload();
		await page.getByText("Kim_Builds rotated the key Shop").waitFor();
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("link", { name: "Export JSONL" }).click(),
		]);
		const lines = (await text(await download.createReadStream())).trim().split("\n");
		expect(lines.map((line) => JSON.parse(line).action)).toEqual(["keys.rotate"]);
	});
});

async function text(stream: NodeJS.ReadableStream): Promise<string> {
	let all = "";
	for await (const chunk of stream) all += chunk;
	return all;
}
