import type { Page } from "playwright-core";
import { describeWithBrowser } from "../support/browser.js";
import { arrived, focused, openAs } from "../support/dashboard.js";
import { invite, type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

jest.setTimeout(60_000);

/** Holds such requests back until they are released. */
async function holdBack(page: Page, path: string, method: string) {
	let letGo: (how: "answer" | "lose") => void = () => {};
	const how = new Promise<"answer" | "lose">((resolve) => {
		letGo = resolve;
	});
	await page.route(path, async (route) => {
		if (route.request().method() !== method) return route.fallback();
		return (await how) === "answer" ? route.continue() : route.abort();
	});
	return { letGo };
}

/** Lets one such request through, and loses its response. */
async function loseOneAnswer(page: Page, path: string): Promise<void> {
	let lost = false;
	await page.route(path, async (route) => {
		if (lost || route.request().method() !== "POST") return route.fallback();
		lost = true;
		await route.fetch();
		await route.abort();
	});
}

async function choose(page: Page, name: string, act: string): Promise<void> {
	await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
	await page.getByRole("menuitem", { name: act, exact: true }).click();
}

describeWithBrowser("dialogs", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		const { body } = await owner.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
		await owner.call("PUT", `/v1/workspaces/${workspaceId}/places/1`, { body: { name: "Lobby" } });
		await owner.call("PUT", `/v1/workspaces/${workspaceId}/places/2`, { body: { name: "Arena" } });
	});

	const pathOf = (page: string) => `/workspaces/${workspaceId}/${page}`;

	it("stay open while a confirmed action is running, and show how it failed", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("places"));
		const { letGo } = await holdBack(page, "**/places/1", "DELETE");
		await choose(page, "Lobby", "Remove");
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("button", { name: "Remove place" }).click();
		await page.keyboard.press("Escape");
		expect(await dialog.getByRole("button", { name: "Cancel" }).isDisabled()).toBe(true);
		expect(await dialog.getByRole("button", { name: "Close" }).isDisabled()).toBe(true);
		letGo("lose");
		await dialog.getByText("The server cannot be reached").waitFor();
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "detached" });
	});

	it("return the focus to the button whose menu opened them, or to the heading if it is gone", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("places"));
		for (const act of ["Remove", "Deactivate", "Rename"]) {
			await choose(page, "Arena", act);
			await page.getByRole("dialog").waitFor();
			await page.keyboard.press("Escape");
			await page.getByRole("dialog").waitFor({ state: "detached" });
			await waitFor("the focus on the button", async () => (await focused(page)) === "Actions for Arena");
		}
		await choose(page, "Arena", "Remove");
		await page.getByRole("button", { name: "Remove place" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await waitFor("the focus on the title", async () => (await focused(page)) === "Places");
	});

	it("create one admin key although the first response was lost, and rotate it once", async () => {
		const { page } = await openAs(browser, server, owner, "/account");
		await loseOneAnswer(page, "**/v1/account/keys");
		await page.getByRole("button", { name: "Create admin key" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Name" }).fill("Report");
		await dialog.getByRole("button", { name: "Create admin key" }).click();
		await dialog.getByText("The server cannot be reached").waitFor();
		await dialog.getByRole("button", { name: "Create admin key" }).click();
		await dialog.getByRole("textbox", { name: "Token" }).waitFor();
		await dialog.getByRole("button", { name: "Copy token" }).click();
		await dialog.getByRole("button", { name: "Done" }).click();
		const { body } = await owner.call("GET", "/v1/account/keys");
		expect(body.data).toHaveLength(1);

		await loseOneAnswer(page, "**/v1/account/keys/*/rotate");
		await choose(page, "Report", "Rotate");
		await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
		await dialog.getByText("The server cannot be reached").waitFor();
		await dialog.getByRole("button", { name: "Cancel" }).click();
		await dialog.waitFor({ state: "detached" });
		await choose(page, "Report", "Rotate");
		await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
		const token = await dialog.getByRole("textbox", { name: "Token" }).inputValue();
		expect((await server.call("GET", "/v1/workspaces", { token })).status).toBe(200);
	});

	it("reopen with a link that was created after they were closed", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("members"));
		const { letGo } = await holdBack(page, "**/invitations", "POST");
		await page.getByRole("button", { name: "Invite" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("button", { name: "Create invite link" }).click();
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "detached" });
		letGo("answer");
		await dialog.getByRole("textbox", { name: "Link" }).waitFor();
		await dialog.getByRole("button", { name: "Copy link" }).click();
		await dialog.getByRole("button", { name: "Done" }).click();
		await dialog.waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Invite" }).click();
		await dialog.getByRole("button", { name: "Create invite link" }).waitFor();
	});

	it("show one link after the other when two were pending, and ask about each", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("members"));
		const { letGo } = await holdBack(page, "**/invitations", "POST");
		const dialog = page.getByRole("dialog");
		for (let made = 0; made < 2; made++) {
			await page.getByRole("button", { name: "Invite" }).click();
			await dialog.getByRole("button", { name: "Create invite link" }).click();
			await page.keyboard.press("Escape");
			await dialog.waitFor({ state: "detached" });
		}
		letGo("answer");
		const link = dialog.getByRole("textbox", { name: "Link" });
		const first = await link.inputValue();
		await dialog.getByRole("button", { name: "Copy link" }).click();
		await dialog.getByRole("button", { name: "Done" }).click();
		await waitFor("the other link", async () => (await link.inputValue()) !== first);
		await dialog.getByRole("button", { name: "Done" }).click();
		await page.getByRole("button", { name: "Leave without it" }).click();
		await dialog.waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Invite" }).click();
		await dialog.getByRole("button", { name: "Create invite link" }).waitFor();
	});

	it("ask before a page is left while a token or link is being created", async () => {
		const { body: key } = await owner.call("POST", `/v1/workspaces/${workspaceId}/keys`, {
			body: { name: "Being rotated", kind: "game", scopes: [] },
		});
		await owner.call("POST", "/v1/account/keys", { body: { name: "Deploys", scopes: ["keys.read"] } });
		const dialog = (page: Page) => page.getByRole("dialog");
		const makers: [string, string, (page: Page) => Promise<void>, string][] = [
			[
				pathOf(`keys/${key.id}`),
				"**/rotate",
				async (page) => {
					await page.getByRole("button", { name: "Rotate" }).click();
					await dialog(page).getByRole("button", { name: "Rotate" }).click();
				},
				"Token",
			],
			[
				"/account",
				"**/rotate",
				async (page) => {
					await choose(page, "Deploys", "Rotate");
					await dialog(page).getByRole("button", { name: "Rotate", exact: true }).click();
				},
				"Token",
			],
			[
				pathOf("members"),
				"**/invitations",
				async (page) => {
					await page.getByRole("button", { name: "Invite" }).click();
					await dialog(page).getByRole("button", { name: "Create invite link" }).click();
				},
				"Link",
			],
			[
				pathOf("keys/new"),
				"**/keys",
				async (page) => {
					await page.getByRole("textbox", { name: "Name" }).fill("Being made");
					await page.getByRole("button", { name: "Create key" }).click();
				},
				"Token",
			],
		];
		for (const [path, call, make, label] of makers) {
			const { page, faults } = await openAs(browser, server, owner, "/workspaces");
			await arrived(page, "Workspaces");
			await page.goto(server.origin + path);
			const { letGo } = await holdBack(page, call, "POST");
			await make(page);
			await page.keyboard.press("Escape");
			await dialog(page).waitFor({ state: "detached" });
			await page.getByRole("button", { name: /^Account/ }).click();
			await page.getByRole("menuitem", { name: "Sign out" }).click();
			await page
				.getByRole("dialog", { name: `Leave before the ${label.toLowerCase()} is created?` })
				.waitFor();
			await page.getByRole("button", { name: "Wait for it" }).click();
			letGo("answer");
			await page.getByRole("textbox", { name: label }).waitFor();
			expect(faults).toEqual([]);
			await page.close({ runBeforeUnload: false });
		}
	});

	it("ask before changes to a key are discarded, and only then", async () => {
		const { body: key } = await owner.call("POST", `/v1/workspaces/${workspaceId}/keys`, {
			body: { name: "Live servers", kind: "game", scopes: [] },
		});
		const { page, faults } = await openAs(browser, server, owner, pathOf(`keys/${key.id}`));
		await page.getByRole("button", { name: "Edit" }).click();
		const edit = page.getByRole("dialog", { name: "Edit Live servers" });
		await edit.waitFor();
		await page.keyboard.press("Escape");
		await edit.waitFor({ state: "detached" });

		await page.getByRole("button", { name: "Edit" }).click();
		await edit.getByRole("textbox", { name: "Name" }).fill("Test servers");
		await page.keyboard.press("Escape");
		const question = page.getByRole("dialog", { name: "Discard changes?" });
		await question.waitFor();
		await page.keyboard.press("Escape");
		await question.waitFor({ state: "detached" });
		expect(await edit.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Test servers");
		await edit.getByRole("button", { name: "Save" }).click();
		await page.getByText("Saved Test servers.").waitFor();
		await page.getByRole("link", { name: "Places", exact: true }).click();
		await arrived(page, "Places");
		expect(faults).toEqual([]);
	});

	it("ask before a filled-in key form is left", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("keys/new"));
		await page.getByRole("textbox", { name: "Name" }).fill("Half done");
		await page.getByRole("link", { name: "Cancel" }).click();
		await page.getByRole("button", { name: "Stay here" }).click();
		expect(await page.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Half done");
		await page.getByRole("link", { name: "Places", exact: true }).click();
		await page.getByRole("button", { name: "Leave", exact: true }).click();
		await arrived(page, "Places");
	});

	it("keep the focus on the button after a failure", async () => {
		const kim = await invite(server, owner, workspaceId, "viewer");
		const { page } = await openAs(browser, server, kim, "/account");
		const name = page.getByRole("textbox", { name: "Username" });
		await name.fill("Kim2");
		await page.route("**/v1/account", (route) =>
			route.request().method() === "PATCH" ? route.abort() : route.fallback(),
		);
		await page.getByRole("button", { name: "Change username" }).click();
		await page.getByText("The server cannot be reached").waitFor();
		expect(await focused(page)).toBe("Change username");
	});
});
