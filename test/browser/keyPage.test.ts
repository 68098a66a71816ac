import { describeWithBrowser } from "../support/browser.js";
import { FakeClock } from "../support/clock.js";
import { arrived, openAs } from "../support/dashboard.js";
import { type Person, setUp } from "../support/person.js";
import { useServer } from "../support/useServer.js";

const minuteMs = 60_000;

describeWithBrowser("the pages of keys", (browser) => {
	const clock = new FakeClock(Date.now());
	const server = useServer({ clock });
	let owner: Person;
	let workspaceId: string;
	beforeAll(async () => {
		owner = await setUp(server);
	});
	beforeEach(async () => {
		clock.set(Date.now());
		({ id: workspaceId } = await server.workspace());
	});

	const pathOf = (page: string) => `/workspaces/${workspaceId}/${page}`;

	it("name the workspace in the tab's title", async () => {
		await owner.call("PATCH", `/v1/workspaces/${workspaceId}`, { body: { name: "Tower Tycoon" } });
		const { key } = await server.key(workspaceId, { name: "Live servers" });
		const { page } = await openAs(browser, server, owner, pathOf(`keys/${key.id}`));
		await arrived(page, "Live servers");
		expect(await page.title()).toBe("Live servers · Tower Tycoon · Placelock");
		await page.goto(`${server.origin}/account`);
		await arrived(page, "Your account");
		expect(await page.title()).toBe("Your account · Placelock");
	});

	it("link from a key to the audit log of this key alone", async () => {
		const { key } = await server.key(workspaceId, { name: "Live servers" });
		await server.key(workspaceId, { name: "Shop backend" });
		const { page } = await openAs(browser, server, owner, pathOf(`keys/${key.id}`));
		await page.getByRole("link", { name: "View this key's audit log" }).click();
		await page.getByText("created the key Live servers").waitFor();
		await arrived(page, "Audit log");
		expect(await page.getByRole("list", { name: "Changes" }).getByRole("listitem").count()).toBe(1);
		expect(await page.getByRole("combobox", { name: "Target", exact: true }).inputValue()).toBe(
			"Live servers",
		);
	});

	it("search for the prefix of a pasted token, and send the rest nowhere", async () => {
		const { key, token } = await server.key(workspaceId, { name: "Live servers" });
		await server.key(workspaceId, { name: "Shop backend" });
		const { page, faults } = await openAs(browser, server, owner, pathOf("keys"));
		const start = token.slice(0, token.indexOf(key.id) + key.id.length);
		const secret = token.slice(start.length);
		const seen: string[] = [];
		page.on("request", (request) => seen.push(request.url() + (request.postData() ?? "")));
		page.on("framenavigated", (frame) => seen.push(frame.url()));
		const search = page.getByRole("searchbox", { name: "Search keys" });
		await search.fill(` ${token} `);
		await page.getByText("only its prefix is searched for").waitFor();
		expect(await search.inputValue()).toBe(start);
		await page.waitForURL(new RegExp(`search=${start}$`));
		await page.getByText("Shop backend").waitFor({ state: "detached" });
		await page.getByRole("link", { name: "Live servers" }).waitFor();
		expect(seen.filter((text) => text.includes(secret))).toEqual([]);
		// After that it is a normal search.
		await search.fill("Shop");
		await page.getByText("only its prefix is searched for").waitFor({ state: "detached" });

		// A handwritten URL is shortened too.
		await page.goto(`${server.origin}${pathOf("keys")}?search=${token}`);
		await page.getByRole("link", { name: "Live servers" }).waitFor();
		await page.waitForURL(new RegExp(`search=${start}$`));
		expect(seen.filter((text) => text.includes("/v1/") && text.includes(secret))).toEqual([]);
		expect(faults).toEqual([]);
	});

	it("draw no conclusion about an old token before game servers had time to verify", async () => {
		const { key } = await server.key(workspaceId, { name: "Live servers" });
		await owner.call("POST", `/v1/keys/${key.id}/rotate`, { body: {} });
		const { page } = await openAs(browser, server, owner, pathOf(`keys/${key.id}`));
		await page.getByText("No requests with the old token yet").waitFor();
		await page.getByText("Too early to tell").waitFor();
		expect(await page.getByRole("button", { name: "Revoke old token now" }).count()).toBe(0);
		expect(await page.getByText("The old token is no longer in use").count()).toBe(0);

		const { key: earlier } = await server.key(workspaceId, { name: "Rotated earlier" });
		clock.set(Date.now() - 15 * minuteMs);
		await owner.call("POST", `/v1/keys/${earlier.id}/rotate`, { body: {} });
		clock.set(Date.now());
		await page.goto(`${server.origin}${pathOf(`keys/${earlier.id}`)}`);
		await page.getByText("The old token is no longer in use").waitFor();
		await page.getByRole("button", { name: "Revoke old token now" }).waitFor();
	});

	it("warn that a service key without scopes can do nothing, and offer to add some", async () => {
		const { page, faults } = await openAs(browser, server, owner, pathOf("keys/new"));
		await page.getByRole("textbox", { name: "Name" }).fill("Shop backend");
		await page.getByRole("radio", { name: "Service" }).check();
		await page.getByRole("button", { name: "Create key" }).click();
		await page.getByText("This key can do nothing yet").waitFor();
		await page.getByRole("button", { name: "Add scopes" }).click();
		const dialog = page.getByRole("dialog", { name: "Edit Shop backend" });
		await dialog.getByRole("checkbox", { name: "keys.introspect" }).check();
		await dialog.getByRole("button", { name: "Save" }).click();
		await dialog.waitFor({ state: "detached" });
		await page.getByRole("heading", { name: "Check a token" }).waitFor();
		expect(faults).toEqual([]);
	});
});
