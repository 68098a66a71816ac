import { accessibilityFindings, describeWithBrowser } from "../support/browser.js";
import { arrived, buttonsIn, openAs } from "../support/dashboard.js";
import { invitation, invite, newCredentials, type Person, setUp, signIn } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

describeWithBrowser("the dashboard of a team", (browser) => {
	const server = useServer();
	let operator: Person;
	let workspaceId: string;
	let owner: Person;

	beforeAll(async () => {
		operator = await setUp(server);
		const { body } = await operator.call("POST", "/v1/workspaces", { body: { name: "Tower Tycoon" } });
		workspaceId = body.id;
		owner = await invite(server, operator, workspaceId, "owner");
		await owner.call("PUT", `/v1/workspaces/${workspaceId}/places/123`, { body: { name: "Lobby" } });
	});

	const pathOf = (page: string) => `/workspaces/${workspaceId}/${page}`;

	it("lets an owner invite a viewer, who can then change nothing", async () => {
		const { page, faults } = await openAs(browser, server, owner, pathOf("members"));
		await page.getByRole("button", { name: "Invite" }).click();
		await page.getByRole("radio", { name: "Viewer" }).check();
		await page.getByLabel("Note").fill("Noor");
		await page.getByRole("button", { name: "Create invite link" }).click();
		const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
		expect(link).toMatch(`${server.origin}/invitation#`);
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByRole("row", { name: /Noor.*Viewer/ }).waitFor();

		const noor = newCredentials();
		const theirs = await browser.open();
		await theirs.page.goto(link);
		await arrived(theirs.page, "Join Tower Tycoon");
		expect(theirs.page.url()).toBe(`${server.origin}/invitation`);
		await theirs.page.getByLabel("Username").fill(noor.name);
		await theirs.page.getByRole("textbox", { name: "Password" }).fill(noor.password);
		await theirs.page.getByRole("button", { name: "Create account and join" }).click();
		await theirs.page.waitForURL(`**/workspaces/${workspaceId}/**`);

		const seen: Record<string, string[]> = {};
		for (const title of ["Places", "Members", "Settings"]) {
			await theirs.page.getByRole("link", { name: title, exact: true }).click();
			await arrived(theirs.page, title);
			seen[title] = await buttonsIn(theirs.page);
		}
		expect(seen).toEqual({
			Places: ["Copy place ID 123"],
			Members: ["Leave"],
			Settings: ["Copy workspace ID"],
		});
		await theirs.page.goto(`${server.origin}/accounts`);
		await theirs.page.getByText("Only operators can see all accounts").waitFor();

		// Past the page too, with the cookie and the CSRF token of this very session.
		const [cookie] = await theirs.page.context().cookies();
		const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
		const session = await server.call("GET", "/v1/session", { headers });
		const withToken = { ...headers, "x-csrf-token": session.body.csrfToken };
		const changes = [
			["PATCH", "", { name: "Mine" }],
			["DELETE", ""],
			["PUT", "/places/456", {}],
			["DELETE", "/places/123"],
			["POST", "/keys", { name: "Mine", kind: "game", scopes: [] }],
			["POST", "/invitations", { role: "owner" }],
			["GET", "/invitations"],
			["PATCH", `/members/${session.body.account.id}`, { role: "owner" }],
			["DELETE", `/members/${owner.id}`],
		] as const;
		for (const [method, path, body] of changes) {
			const answer = await server.call(method, `/v1/workspaces/${workspaceId}${path}`, {
				headers: withToken,
				body,
			});
			expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 403, "role_missing"]);
		}
		expect((await server.call("GET", "/v1/accounts", { headers })).body.code).toBe("role_missing");
		expect([...faults, ...theirs.faults]).toEqual([]);
	});

	it("joins with the account that signs in on the invitation, or switches to another one", async () => {
		const kim = await invite(server, operator, workspaceId, "viewer");
		const { page, faults } = await openAs(
			browser,
			server,
			await signIn(server, owner),
			`/invitation#${await invitation(owner, workspaceId, "admin")}`,
		);
		await page.getByText(`You are signed in as ${owner.name}`).waitFor();
		await page.getByRole("button", { name: "Join workspace" }).click();
		await page.getByText("You already belong to this workspace, with the role owner.").waitFor();
		await page.getByRole("button", { name: "Use another account" }).click();
		await page.getByRole("button", { name: "Sign in to join" }).click();
		await page.getByLabel("Username").fill(kim.name);
		await page.getByRole("textbox", { name: "Password" }).fill(kim.password);
		await page.getByRole("button", { name: "Sign in", exact: true }).click();
		await page.getByText(`You are signed in as ${kim.name}`).waitFor();
		await page.getByRole("button", { name: "Join workspace" }).click();
		await page.waitForURL(`**/workspaces/${workspaceId}/**`);
		const { body } = await kim.call("GET", `/v1/workspaces/${workspaceId}`);
		expect(body.role).toBe("admin");
		expect(faults).toEqual([]);
	});

	it("shows what a link is for, however late the response, and reports an invalid one", async () => {
		const { page } = await browser.open();
		const answered = new Set<string>();
		let asked = 0;
		page.on("requestfinished", (request) => answered.add(new URL(request.url()).pathname));
		await page.route("**/v1/invitations/show", async (route) => {
			asked++;
			await waitFor("the answer about the session", () => answered.has("/v1/session"));
			await route.continue();
		});
		const code = await invitation(owner, workspaceId, "viewer");
		await page.goto(`${server.origin}/invitation#${code}`);
		await arrived(page, "Join Tower Tycoon");
		// Not being signed in discards no response.
		expect(asked).toBe(1);
		await page.goto(`${server.origin}/invitation#nothing`);
		await arrived(page, "This link is no longer valid");
		await page.reload();
		await arrived(page, "Incomplete link");
	});

	it("creates a reset link, which sets a new password and signs in", async () => {
		const sam = await invite(server, operator, workspaceId, "viewer");
		const { page, faults } = await openAs(browser, server, operator, "/accounts");
		await page.getByRole("button", { name: `Actions for ${sam.name}` }).click();
		await page.getByRole("menuitem", { name: "Create reset link" }).click();
		await page.getByRole("button", { name: "Create link" }).click();
		const link = await page.getByRole("textbox", { name: "Link" }).inputValue();

		const theirs = await browser.open();
		await theirs.page.goto(link);
		await arrived(theirs.page, "Choose a new password");
		expect(await theirs.page.getByLabel("Username").inputValue()).toBe(sam.name);
		const password = theirs.page.getByRole("textbox", { name: "Password" });
		await password.fill("password1234");
		await theirs.page.getByRole("button", { name: "Set password and sign in" }).click();
		await theirs.page.getByText(/common/).waitFor();
		await password.fill("five other words this time");
		await theirs.page.getByRole("button", { name: "Set password and sign in" }).click();
		await arrived(theirs.page, "Workspaces");

		expect((await sam.call("GET", "/v1/session")).body.code).toBe("session_expired");
		await signIn(server, { name: sam.name, password: "five other words this time" });
		await theirs.page.goto(link);
		await arrived(theirs.page, "This link is no longer valid");
		expect([...faults, ...theirs.faults]).toEqual([]);
	});

	it("signs another browser out when its session is ended", async () => {
		const lee = await invite(server, operator, workspaceId, "viewer");
		const elsewhere = await openAs(browser, server, lee, pathOf("places"));
		await arrived(elsewhere.page, "Places");
		const here = await openAs(browser, server, await signIn(server, lee), "/account");
		await arrived(here.page, "Your account");
		await here.page.getByRole("button", { name: /^End session:/ }).click();
		await here.page.getByRole("button", { name: "End session", exact: true }).click();
		await here.page.getByRole("button", { name: /^End session:/ }).waitFor({ state: "detached" });

		await elsewhere.page.getByRole("link", { name: "Members" }).click();
		await elsewhere.page.getByText("Your session has ended").waitFor();
		await arrived(here.page, "Your account");
		expect([...here.faults, ...elsewhere.faults]).toEqual([]);
	});

	it("creates an admin key, whose token is shown once and works", async () => {
		const { page, faults } = await openAs(browser, server, owner, "/account");
		await page.getByRole("button", { name: "Create admin key" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Name" }).fill("Report");
		await dialog.getByRole("radio", { name: "Custom" }).check();
		await dialog.getByRole("checkbox", { name: "See workspaces" }).check();
		await dialog.getByRole("button", { name: "Create admin key" }).click();
		const token = await dialog.getByRole("textbox", { name: "Token" }).inputValue();
		expect(await dialog.getByText("curl -H").innerText()).toContain(`${server.origin}/v1/workspaces`);
		// A stray key or click does not lose the token.
		await page.keyboard.press("Escape");
		await dialog.getByRole("button", { name: "Copy token" }).click();
		await dialog.getByRole("button", { name: "Done" }).click();
		await page.getByRole("row", { name: /Report.*Active/ }).waitFor();
		expect(await page.content()).not.toContain(token);

		expect((await server.call("GET", "/v1/workspaces", { token })).status).toBe(200);
		expect((await server.call("GET", "/v1/account", { token })).body.code).toBe("scope_missing");
		expect(faults).toEqual([]);
	});

	it("names the keys that keep a workspace from being deleted, and deletes it once they are revoked", async () => {
		const { body: workspace } = await operator.call("POST", "/v1/workspaces", { body: { name: "Short" } });
		const { body: key } = await operator.call("POST", `/v1/workspaces/${workspace.id}/keys`, {
			body: { name: "Last of them", kind: "service", scopes: [] },
		});
		const path = `/workspaces/${workspace.id}/settings`;
		const { page, faults } = await openAs(browser, server, operator, path);
		await page.getByText("Last of them").waitFor();
		expect(await page.getByRole("button", { name: "Delete workspace" }).count()).toBe(0);
		await operator.call("POST", `/v1/keys/${key.id}/revoke`);
		await page.reload();
		await page.getByRole("button", { name: "Delete workspace" }).click();
		const dialog = page.getByRole("dialog");
		expect(await dialog.getByRole("button", { name: "Delete workspace" }).isDisabled()).toBe(true);
		await dialog.getByLabel("Type Short to confirm").fill("Short");
		await dialog.getByRole("button", { name: "Delete workspace" }).click();
		await arrived(page, "Workspaces");
		expect((await operator.call("GET", `/v1/workspaces/${workspace.id}`)).status).toBe(404);
		expect(faults).toEqual([]);
	});

	it("shows the server's messages beside the field", async () => {
		const { page } = await openAs(browser, server, owner, "/account");
		await page.getByRole("textbox", { name: "Username" }).fill(operator.name);
		await page.getByRole("button", { name: "Change username" }).click();
		await page.getByText(`Another account is named "${operator.name}"`).waitFor();
		await page.getByRole("textbox", { name: "Current password" }).fill("not the one it is");
		await page.getByRole("textbox", { name: "New password" }).fill("five other words this time");
		await page.getByRole("button", { name: "Change password" }).click();
		await page.getByText("Incorrect current password.").waitFor();
	});

	const looks = [
		["light", 1280],
		["dark", 1280],
		["light", 390],
		["dark", 390],
	] as const;
	const pages = [
		["Members", () => pathOf("members")],
		["Settings", () => pathOf("settings")],
		["Your account", () => "/account"],
		["Accounts", () => "/accounts"],
	] as const;
	const seen = looks.flatMap(([scheme, width]) =>
		pages.map(([title, path]) => [title, scheme, width, path] as const),
	);

	it.each(seen)("is accessible: %s, %s, %i wide", async (title, colorScheme, width, path) => {
		const viewport = { width, height: 844 };
		const { page, faults } = await openAs(browser, server, operator, path(), { colorScheme, viewport });
		await arrived(page, title);
		expect(await accessibilityFindings(page)).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
		expect(faults).toEqual([]);
	});
});
