import type { Page } from "playwright-core";
import { describeWithBrowser } from "../support/browser.js";
import { arrived, focused, openAs } from "../support/dashboard.js";
import { invite, type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

jest.setTimeout(60_000);

/** Stays, when asked whether to leave without the secret. */
async function stays(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Stay here" }).click();
	await page.getByRole("button", { name: "Stay here" }).waitFor({ state: "detached" });
}

describeWithBrowser("a secret that is shown once", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		const { body } = await owner.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
	});

	const pathOf = (page: string) => `/workspaces/${workspaceId}/${page}`;

	it("is not lost by Done, by going back or by signing out: a key's new token", async () => {
		const { body: key } = await owner.call("POST", `/v1/workspaces/${workspaceId}/keys`, {
			body: { name: "Live servers", kind: "game", scopes: [] },
		});
		const { page, faults } = await openAs(browser, server, owner, pathOf("keys"));
		await page.getByRole("link", { name: "Live servers" }).click();
		await page.getByRole("button", { name: "Rotate" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
		const token = page.getByRole("textbox", { name: "Token" });
		const value = await token.inputValue();
		expect(value).toContain(key.tokenStart.slice(0, 3));
		await waitFor("the focus in the field", async () => (await focused(page)) === "Token");

		await page.getByRole("button", { name: "Done" }).click();
		await stays(page);
		await page.goBack();
		await stays(page);
		await page.getByRole("button", { name: /^Account/ }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await stays(page);
		expect(await token.inputValue()).toBe(value);

		await page.getByRole("button", { name: "Copy token" }).click();
		await page.getByRole("button", { name: "Done" }).click();
		await token.waitFor({ state: "detached" });
		await waitFor("the focus on the title", async () => (await focused(page)) === "Live servers");
		expect(faults).toEqual([]);
	});

	it("is not lost by Done or by a stray key: an admin key, an invitation, a reset link", async () => {
		const kim = await invite(server, owner, workspaceId, "viewer");
		const { page, faults } = await openAs(browser, server, owner, pathOf("places"));
		await arrived(page, "Places");
		let made = 0;
		const makers: [string, () => Promise<void>, string][] = [
			[
				"/account",
				async () => {
					await page.getByRole("button", { name: "Create admin key" }).click();
					await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill(`Report ${++made}`);
					await page.getByRole("dialog").getByRole("button", { name: "Create admin key" }).click();
				},
				"Token",
			],
			[
				pathOf("members"),
				async () => {
					await page.getByRole("button", { name: "Invite" }).click();
					await page.getByRole("button", { name: "Create invite link" }).click();
				},
				"Link",
			],
			[
				"/accounts",
				async () => {
					await page.getByRole("button", { name: `Actions for ${kim.name}` }).click();
					await page.getByRole("menuitem", { name: "Create reset link" }).click();
					await page.getByRole("button", { name: "Create link" }).click();
				},
				"Link",
			],
		];
		for (const [path, make, label] of makers) {
			await page.goto(server.origin + path);
			await make();
			const field = page.getByRole("textbox", { name: label });
			const value = await field.inputValue();
			await waitFor("the focus in the field", async () => (await focused(page)) === label);
			await page.getByRole("button", { name: "Done" }).click();
			await stays(page);
			await page.keyboard.press("Escape");
			expect(await field.inputValue()).toBe(value);
			await page.getByRole("button", { name: "Done" }).click();
			await page.getByRole("button", { name: "Leave without it" }).click();
			await field.waitFor({ state: "detached" });

			await make();
			await field.waitFor();
			await page.getByRole("button", { name: `Copy ${label.toLowerCase()}` }).click();
			await page.getByRole("button", { name: "Done" }).click();
			await field.waitFor({ state: "detached" });
		}
		expect(faults).toEqual([]);
	});

	it("asks before going back from a dialog with an admin key", async () => {
		const { page } = await openAs(browser, server, owner, "/workspaces");
		await arrived(page, "Workspaces");
		await page.getByRole("button", { name: /^Account/ }).click();
		await page.getByRole("menuitem", { name: "Your account" }).click();
		await page.getByRole("button", { name: "Create admin key" }).click();
		await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Going back");
		await page.getByRole("dialog").getByRole("button", { name: "Create admin key" }).click();
		await page.getByRole("textbox", { name: "Token" }).waitFor();
		await page.goBack();
		await stays(page);
		expect(await page.getByRole("textbox", { name: "Token" }).count()).toBe(1);
	});

	it("makes the browser ask before the site is left", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("members"));
		await page.getByRole("button", { name: "Invite" }).click();
		await page.getByRole("button", { name: "Create invite link" }).click();
		const link = page.getByRole("textbox", { name: "Link" });
		const value = await link.inputValue();
		const asked: string[] = [];
		page.on("dialog", async (dialog) => {
			asked.push(dialog.type());
			await dialog.dismiss();
		});
		// Never resolves: the question is answered with staying.
		page.reload().catch(() => {});
		await waitFor("the browser's question", () => asked.includes("beforeunload"));
		expect(await link.inputValue()).toBe(value);
	});

	it("is not in the page's memory once it has left the screen", async () => {
		const kim = await invite(server, owner, workspaceId, "admin");
		const { page } = await browser.open();
		await page.goto(`${server.origin}/sign-in`);
		await page.getByLabel("Username").fill(kim.name);
		await page.getByRole("textbox", { name: "Password" }).fill(kim.password);
		await page.getByRole("button", { name: "Sign in" }).click();
		await arrived(page, "Workspaces");
		await page.goto(server.origin + pathOf("keys/new"));
		await page.getByRole("textbox", { name: "Name" }).fill("Remembered");
		await page.getByRole("button", { name: "Create key" }).click();
		const token = await page.getByRole("textbox", { name: "Token" }).inputValue();
		expect(await memoryOf(page)).toContain(token);
		await page.getByRole("button", { name: "Copy token" }).click();
		await page.getByRole("link", { name: "API keys", exact: true }).click();
		await page.getByRole("heading", { level: 1, name: "API keys", exact: true }).waitFor();
		await waitFor("the token to be forgotten", async () => !(await memoryOf(page)).includes(token), 20_000);
	});

	it("is not kept, and neither is a password after signing in", async () => {
		const { page } = await browser.open();
		await page.goto(`${server.origin}/sign-in`);
		await page.getByLabel("Username").fill(owner.name);
		await page.getByRole("textbox", { name: "Password" }).fill(owner.password);
		await page.getByRole("button", { name: "Sign in" }).click();
		await arrived(page, "Workspaces");
		await waitFor(
			"the password to be forgotten",
			async () => !(await memoryOf(page)).includes(owner.password),
			20_000,
		);
	});
});

/** The heap of the page's scripts, as text. */
async function memoryOf(page: Page): Promise<string> {
	const session = await page.context().newCDPSession(page);
	const chunks: string[] = [];
	session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
	await session.send("HeapProfiler.collectGarbage");
	await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
	await session.detach();
	return chunks.join("");
}
