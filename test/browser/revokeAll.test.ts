import { accessibilityFindings, describeWithBrowser } from "../support/browser.js";
import { arrived, openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

describeWithBrowser("an owner who no longer needs a workspace", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
	});
	beforeEach(async () => {
		({ id: workspaceId } = await server.workspace({ name: "Old game" }));
		for (let n = 0; n < 7; n++) await server.key(workspaceId);
		const { key } = await server.key(workspaceId, { name: "Paused" });
		await owner.call("POST", `/v1/keys/${key.id}/disable`);
	});

	const left = async () => {
		const { body } = await owner.call("GET", `/v1/workspaces/${workspaceId}/keys`);
		return body.data.filter(({ status }: { status: string }) => status !== "revoked").length;
	};

	it("revokes all its keys with one confirmation, and can then delete it", async () => {
		const { page, faults } = await openAs(browser, server, owner, `/workspaces/${workspaceId}/settings`);
		await page.getByRole("button", { name: "Revoke all keys" }).click();
		const dialog = page.getByRole("dialog", { name: "Revoke all keys of Old game?" });
		const revoke = dialog.getByRole("button", { name: "Revoke all keys" });
		expect(await revoke.isDisabled()).toBe(true);
		expect(await accessibilityFindings(page)).toEqual([]);
		await dialog.getByLabel("Type Old game to confirm").fill("Old game");
		await revoke.click();
		await dialog.getByText("8 keys revoked.").waitFor();
		expect(await accessibilityFindings(page)).toEqual([]);
		await dialog.getByRole("button", { name: "Close" }).last().click();
		await page.getByRole("button", { name: "Delete workspace" }).waitFor();
		expect(await left()).toBe(0);
		expect(faults).toEqual([]);
	});

	it("can stop halfway, and continue with the remaining keys", async () => {
		const { page } = await openAs(browser, server, owner, `/workspaces/${workspaceId}/settings`);
		await arrived(page, "Settings");
		let revoked = 0;
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await page.route("**/revoke", async (route) => {
			revoked++;
			if (revoked === 3) await held;
			await route.continue();
		});
		await page.getByRole("button", { name: "Revoke all keys" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Type Old game to confirm").fill("Old game");
		await dialog.getByRole("button", { name: "Revoke all keys" }).click();
		await waitFor("the third key to be under way", () => revoked === 3);
		await dialog.getByText("2 of 8").waitFor();
		await dialog.getByRole("button", { name: "Stop" }).click();
		release();
		await dialog.getByText("3 of 8 keys revoked").waitFor();
		expect(await left()).toBe(5);
		await dialog.getByRole("button", { name: "Continue" }).click();
		await dialog.getByText("8 keys revoked.").waitFor();
		expect(await left()).toBe(0);
	});

	it("sees that a key could not be revoked, and can retry", async () => {
		const { page } = await openAs(browser, server, owner, `/workspaces/${workspaceId}/settings`);
		await page.getByRole("button", { name: "Revoke all keys" }).click();
		await page.route("**/revoke", (route) => route.abort(), { times: 1 });
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Type Old game to confirm").fill("Old game");
		await dialog.getByRole("button", { name: "Revoke all keys" }).click();
		await dialog.getByText("The server cannot be reached").waitFor();
		await dialog.getByRole("button", { name: "Continue" }).click();
		await dialog.getByText("8 keys revoked.").waitFor();
	});
});
