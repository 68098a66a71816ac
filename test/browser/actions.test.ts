import type { Page } from "playwright-core";
import { describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { invite, type Person, setUp, signIn } from "../support/person.js";
import { useServer } from "../support/useServer.js";

/** Chooses an action in the menu of a record. */
async function choose(page: Page, name: string, act: string): Promise<void> {
	await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
	await page.getByRole("menuitem", { name: act, exact: true }).click();
}

/** Confirms the open dialog, and waits until it has closed. */
async function confirm(page: Page, verb: string, typed?: string): Promise<void> {
	const dialog = page.getByRole("dialog");
	if (typed !== undefined) {
		expect(await dialog.getByRole("button", { name: verb }).isDisabled()).toBe(true);
		await dialog.getByLabel(`Type ${typed} to confirm`).fill(typed);
	}
	await dialog.getByRole("button", { name: verb, exact: true }).click();
	await dialog.waitFor({ state: "detached" });
}

describeWithBrowser("the actions of the dashboard", (browser) => {
	const server = useServer();
	let operator: Person;
	let workspaceId: string;
	let owner: Person;

	beforeAll(async () => {
		operator = await setUp(server);
		const { body } = await operator.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
		owner = await invite(server, operator, workspaceId, "owner");
	});

	const pathOf = (page: string) => `/workspaces/${workspaceId}/${page}`;

	it("revoke an invitation, whose link then stops working", async () => {
		const { page, faults } = await openAs(browser, server, owner, pathOf("members"));
		await page.getByRole("button", { name: "Invite" }).click();
		await page.getByLabel("Note").fill("Noor");
		await page.getByRole("button", { name: "Create invite link" }).click();
		const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
		await page.getByRole("button", { name: "Copy link" }).click();
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByRole("button", { name: "Revoke the invitation for Noor" }).click();
		await confirm(page, "Revoke invitation");
		await page.getByText("No pending invitations.").waitFor();

		const theirs = await browser.open();
		await theirs.page.goto(link);
		await arrived(theirs.page, "This link is no longer valid");
		expect(faults).toEqual([]);
	});

	it("change a member's role and remove the member, whose open page then shows nothing", async () => {
		const kim = await invite(server, operator, workspaceId, "viewer");
		const theirs = await openAs(browser, server, kim, pathOf("members"));
		await arrived(theirs.page, "Members");
		const { page, faults } = await openAs(browser, server, owner, pathOf("members"));
		await choose(page, kim.name, "Change role");
		await page.getByRole("radio", { name: "Admin" }).check();
		await page.getByRole("button", { name: "Change role" }).click();
		await page.getByText(`${kim.name}'s role in Tower Tycoon is now admin.`).waitFor();
		await page.getByRole("row", { name: new RegExp(`${kim.name}.*Admin`) }).waitFor();
		expect((await kim.call("GET", `/v1/workspaces/${workspaceId}`)).body.role).toBe("admin");

		await choose(page, kim.name, "Remove");
		await confirm(page, "Remove member");
		await page.getByRole("row", { name: kim.name }).waitFor({ state: "detached" });
		await theirs.page.getByRole("link", { name: "Places", exact: true }).click();
		await theirs.page.getByText("There is no workspace with this ID.").waitFor();
		expect(faults).toEqual([]);
	});

	it("keep the last owner an owner, and say why", async () => {
		const { page } = await openAs(browser, server, owner, pathOf("members"));
		await choose(page, owner.name, "Change role");
		await page.getByRole("radio", { name: "Viewer" }).check();
		await page.getByText("You cannot undo this yourself").waitFor();
		await page.getByRole("button", { name: "Change role" }).click();
		await page.getByRole("dialog").getByText("A workspace needs an owner who can sign in").waitFor();
		expect((await owner.call("GET", `/v1/workspaces/${workspaceId}`)).body.role).toBe("owner");
	});

	it("save a workspace's settings, and discard unsaved changes", async () => {
		const { page, faults } = await openAs(browser, server, owner, pathOf("settings"));
		const name = page.getByRole("textbox", { name: "Name" });
		await name.fill("Not this");
		await page.getByRole("button", { name: "Discard" }).click();
		expect(await name.inputValue()).toBe("Tower Tycoon");
		expect(await page.getByRole("button", { name: "Save changes" }).isDisabled()).toBe(true);

		await name.fill("Tower Tycoon 2");
		await page.getByLabel("Idle limit (days)").fill("5000");
		await page.getByRole("button", { name: "Save changes" }).click();
		await page.getByText(/1 to 3[, ]?650/).waitFor();
		await page.getByLabel("Idle limit (days)").fill("90");
		await page.getByLabel("Key limit").fill("50");
		await page.getByRole("button", { name: "Save changes" }).click();
		await page.getByText("Settings saved.").waitFor();
		await page.reload();
		await arrived(page, "Settings");
		expect(await page.getByLabel("Idle limit (days)").inputValue()).toBe("90");
		const { body } = await owner.call("GET", `/v1/workspaces/${workspaceId}`);
		expect(body).toMatchObject({ name: "Tower Tycoon 2", idleDays: 90, maxKeys: 50 });
		expect(faults).toEqual([]);
	});

	it("suspend a workspace, whose keys are then denied, and resume it", async () => {
		const { body: workspace } = await operator.call("POST", "/v1/workspaces", { body: { name: "Paused" } });
		const path = `/v1/workspaces/${workspace.id}`;
		await operator.call("PUT", `${path}/places/123`, { body: {} });
		const { body: key } = await operator.call("POST", `${path}/keys`, {
			body: { name: "Game", kind: "game", scopes: [] },
		});
		const code = async () => (await server.verify(key.token, "123")).body.code ?? "ok";
		const { page, faults } = await openAs(browser, server, operator, `/workspaces/${workspace.id}/settings`);
		await page.getByRole("button", { name: "Suspend workspace" }).click();
		await confirm(page, "Suspend workspace");
		await page.getByRole("heading", { name: "Status: suspended" }).waitFor();
		expect(await code()).toBe("workspace_suspended");
		await page.getByRole("button", { name: "Resume workspace" }).click();
		await page.getByText("Resumed Paused.").waitFor();
		expect(await code()).toBe("ok");
		expect(faults).toEqual([]);
	});

	it("rotate your admin key with an overlap, revoke it and delete it", async () => {
		const { body: made } = await owner.call("POST", "/v1/account/keys", {
			body: { name: "Report", scopes: ["workspaces.read"] },
		});
		const status = async (token: string) => (await server.call("GET", "/v1/workspaces", { token })).status;
		const { page, faults } = await openAs(browser, server, owner, "/account");
		await choose(page, "Report", "Rotate");
		await page.getByRole("dialog").getByRole("button", { name: "Rotate", exact: true }).click();
		const token = await page.getByRole("textbox", { name: "Token" }).inputValue();
		await page.getByRole("button", { name: "Copy token" }).click();
		await page.getByRole("button", { name: "Done" }).click();
		expect([await status(made.token), await status(token)]).toEqual([200, 200]);

		await choose(page, "Report", "Revoke");
		await confirm(page, "Revoke key", "Report");
		await page.getByRole("row", { name: /Report.*Revoked/ }).waitFor();
		expect([await status(made.token), await status(token)]).toEqual([401, 401]);

		await choose(page, "Report", "Delete");
		await confirm(page, "Delete key");
		await page.getByRole("row", { name: /Report/ }).waitFor({ state: "detached" });
		expect((await owner.call("GET", "/v1/account/keys")).body.data).toEqual([]);
		expect(faults).toEqual([]);
	});

	it("make an account operator and undo that, disable, enable and delete it", async () => {
		const sam = await invite(server, operator, workspaceId, "viewer");
		const responseTo = async (path: string) => {
			const { status, body } = await sam.call("GET", path);
			return body.code ?? status;
		};
		const { page, faults } = await openAs(browser, server, operator, "/accounts");
		await choose(page, sam.name, "Make operator");
		await confirm(page, "Make operator");
		await page.getByRole("row", { name: new RegExp(`${sam.name}.*Operator`) }).waitFor();
		expect(await responseTo("/v1/accounts")).toBe(200);

		await choose(page, sam.name, "Remove operator access");
		await confirm(page, "Remove operator access");
		await page.getByRole("row", { name: new RegExp(`${sam.name} Active`) }).waitFor();
		expect(await responseTo("/v1/accounts")).toBe("role_missing");

		await choose(page, sam.name, "Disable");
		await confirm(page, "Disable account");
		await page.getByRole("row", { name: new RegExp(`${sam.name}.*Disabled`) }).waitFor();
		expect(await responseTo("/v1/account")).toBe("session_expired");
		await expect(signIn(server, sam)).rejects.toThrow("sign_in_failed");

		await choose(page, sam.name, "Enable");
		await page.getByText(`Enabled ${sam.name}.`).waitFor();
		await signIn(server, sam);

		await choose(page, sam.name, "Delete");
		await confirm(page, "Delete account", sam.name);
		await page.getByRole("row", { name: new RegExp(sam.name) }).waitFor({ state: "detached" });
		await expect(signIn(server, sam)).rejects.toThrow("sign_in_failed");
		expect(faults).toEqual([]);
	});

	it("keep the last operator an operator, and say why", async () => {
		const { page } = await openAs(browser, server, operator, "/accounts");
		await choose(page, operator.name, "Disable");
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("button", { name: "Disable account" }).click();
		await dialog.getByText("The server needs an operator who can sign in").waitFor();
		expect((await operator.call("GET", "/v1/accounts")).status).toBe(200);
	});
});
