import { describeWithBrowser } from "../support/browser.js";
import { openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

describeWithBrowser("many denied requests", (browser) => {
	const server = useServer();
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
		({ id: workspaceId } = await server.workspace());
		for (let n = 0; n < 60; n++) {
			const { token } = await server.key(workspaceId, { name: `Server ${n}` });
			await server.verify(token, "4711");
		}
		const { key, token } = await server.key(workspaceId, { name: "Ended" });
		await owner.call("POST", `/v1/keys/${key.id}/revoke`);
		await server.verify(token, "4711");
		await server.app.writeUsage();
	});

	const path = () => `/workspaces/${workspaceId}/denials?code=place_not_allowed`;

	it("load their fixes once they scroll into view, and not before", async () => {
		const { page, faults } = await openAs(browser, server, owner, "/workspaces");
		const asked = new Set<string>();
		page.on("request", (request) => {
			const id = /\/v1\/keys\/(\w+)$/.exec(request.url())?.[1];
			if (id !== undefined) asked.add(id);
		});
		await page.goto(server.origin + path());
		const denials = page.getByRole("list", { name: "Denied requests" }).getByRole("listitem");
		await waitFor("all denials", async () => (await denials.count()) === 60);
		await denials.first().getByRole("button", { name: "Add place 4711" }).waitFor();
		expect(asked.size).toBeLessThan(25);
		await denials.last().scrollIntoViewIfNeeded();
		await denials.last().getByRole("button", { name: "Add place 4711" }).waitFor();
		expect(faults).toEqual([]);
	});

	it("link from a revoked key to the form for a new one", async () => {
		const { page } = await openAs(
			browser,
			server,
			owner,
			`/workspaces/${workspaceId}/denials?code=key_revoked`,
		);
		await page.getByRole("link", { name: "Create a key" }).click();
		await page.getByRole("heading", { level: 1, name: "Create key" }).waitFor();
	});
});
