import { builtInOperatorId } from "../../server/model/account.js";
import { codeOf, type Person, signIn } from "../support/person.js";
import { waitFor } from "../support/waitFor.js";
import { type Team, team } from "./team.js";

let all: Team;
let kim: Person;
beforeAll(async () => {
	all = await team();
	await all.one("workspace", "create", "Obby Studio");
	await all.one("workspace", "create", "Hall");
});
afterAll(() => all.end());
let count = 0;
beforeEach(async () => {
	kim = await all.join("Obby Studio", "viewer", `Kim_${++count}`);
});

const status = async (person: Person) => (await person.call("GET", "/v1/account")).status;
/** The newest audit entry about an account. */
const lastChange = async (id: string) => (await all.json(["audit", "--target", id, "--limit", "1"]))[0];

describe("placelock account list and show", () => {
	it("show everybody, newest first, with the fields of the API", async () => {
		const listed = await all.json(["account", "list"]);
		const { body } = await all.boss.call("GET", "/v1/accounts");
		expect(listed).toEqual(body.data);
		expect(listed[0]).toMatchObject({ id: kim.id, disabled: false, signsIn: true });
		expect(listed.at(-1)).toMatchObject({ id: builtInOperatorId, signsIn: false });
		const [line = ""] = (await all.done(["account", "list", "--limit", "1"])).split("\n");
		expect(line.split("\t").slice(0, 4)).toEqual([kim.id, kim.name, "", "active"]);
	});

	it("count what belongs to an account, found by ID or name", async () => {
		await signIn(all.server, kim);
		const [kept, revoked] = [await key(kim.name), await key(kim.id)];
		await all.one("admin-key", "revoke", revoked.keyId, "--yes");
		const shown = await all.one("account", "show", kim.id);
		expect(shown).toMatchObject({
			name: kim.name,
			operator: false,
			lastSignInAt: expect.any(String),
			workspaces: [{ id: expect.any(String), name: "Obby Studio", role: "viewer" }],
			openSessions: 2,
			adminKeys: 1,
		});
		expect(await all.one("account", "show", kim.name.toUpperCase())).toEqual(shown);
		expect(await all.done(["account", "show", kim.name])).toMatch(
			/workspace +Obby Studio \(ws_\w+\), viewer/,
		);
		const keys = await all.json(["admin-key", "list", "--account", kim.name]);
		expect(keys.map(({ id, status }) => [id, status])).toEqual([
			[revoked.keyId, "revoked"],
			[kept.keyId, "active"],
		]);
		expect(JSON.stringify(keys)).not.toContain(kept.token);
	});

	it("name an unknown account without escape sequences", async () => {
		expect(await all.refused("account", "show", "no\u001b[2Jbody")).toMatchObject({
			exit: 1,
			code: "not_found",
			message: "No account has this ID or name: no\\u001b[2Jbody",
		});
	});
});

const key = (account: string, ...args: string[]) =>
	all.one("admin-key", "create", "--account", account, ...args);

describe("placelock admin-key create --account", () => {
	it("creates a key that can do exactly what the person can", async () => {
		const { token } = await key(kim.name, "--name", "Script");
		const { body } = await all.server.call("GET", "/v1/workspaces", { token });
		expect(body.data).toMatchObject([{ name: "Obby Studio", role: "viewer" }]);
		const accounts = await all.server.call("GET", "/v1/accounts", { token });
		expect(accounts.body.code).toBe("role_missing");
		expect(await all.json(["admin-key", "list"])).not.toContainEqual(
			expect.objectContaining({ name: "Script" }),
		);
		const text = await all.done(["admin-key", "create", "--account", kim.id]);
		expect(text).toContain(`for     account ${kim.id} ("${kim.name}")`);
	});

	it("creates none that would not work", async () => {
		await all.one("account", "disable", kim.id, "--yes");
		expect(await all.refused("admin-key", "create", "--account", kim.id)).toMatchObject({
			exit: 1,
			code: "account_disabled",
			message: expect.stringContaining("Enable it first"),
		});
	});
});

describe("placelock account reset", () => {
	it("prints a one-time password link at PUBLIC_URL and invalidates the previous one", async () => {
		const environment = { PUBLIC_URL: "https://keys.example.com" };
		const [before] = await all.json(["account", "reset", kim.name], environment);
		const text = await all.done(["account", "reset", kim.name], environment);
		expect(text).toContain(`account ${kim.id} ("${kim.name}")`);
		const [link = ""] = /https:\/\/keys\.example\.com\/reset#\w{43}$/m.exec(text) ?? [];
		expect(Object.keys(before)).toEqual(["link", "expiresAt"]);
		const use = (given: string, password: string) =>
			all.server.call("POST", "/v1/password-resets", { body: { code: codeOf(given), password } });
		const chosen = "four words chosen anew";
		expect((await use(before.link, chosen)).body.code).toBe("link_invalid");
		expect(await status(kim)).toBe(200);
		expect((await use(link, chosen)).status).toBe(201);
		expect(await status(kim)).toBe(401);
		expect((await use(link, "four other words instead")).body.code).toBe("link_invalid");
		expect(await status(await signIn(all.server, { name: kim.name, password: chosen }))).toBe(200);
		const [made] = await all.json(["audit", "--target", kim.id, "--action", "accounts.reset"]);
		expect(made.actor).toEqual({ type: "command-line" });
		expect(JSON.stringify(made)).not.toContain(codeOf(link));
	});

	it("creates no link that would not work", async () => {
		await all.one("account", "disable", kim.id, "--yes");
		const refused = (account: string) => all.refused("account", "reset", account);
		expect(await refused(kim.id)).toMatchObject({ exit: 1, code: "account_disabled" });
		expect(await refused(builtInOperatorId)).toMatchObject({ exit: 1, code: "builtin_account" });
	});
});

describe("placelock account operator, disable and enable", () => {
	it("take effect on a session and an admin key with the next request", async () => {
		const { token } = await key(kim.id);
		const withKey = async () => (await all.server.call("GET", "/v1/workspaces", { token })).status;
		expect([await status(kim), await withKey()]).toEqual([200, 200]);
		expect(await all.refused("account", "disable", kim.name)).toMatchObject({
			exit: 64,
			message: expect.stringContaining("It ends 1 open session and suspends 1 admin key."),
		});
		expect(await all.one("account", "disable", kim.name, "--yes")).toMatchObject({
			id: kim.id,
			disabled: true,
		});
		expect([await status(kim), await withKey()]).toEqual([401, 401]);
		expect(await lastChange(kim.id)).toMatchObject({
			action: "accounts.change",
			actor: { type: "command-line" },
		});
		expect(await all.one("account", "disable", kim.name)).toMatchObject({ disabled: true });
		expect(await all.done(["account", "enable", kim.name])).toContain("It can sign in");
		expect([await status(kim), await withKey()]).toEqual([401, 200]);
		expect(await status(await signIn(all.server, kim))).toBe(200);
	});

	it("grant and remove operator access", async () => {
		const accounts = async () => (await kim.call("GET", "/v1/accounts")).status;
		expect(await accounts()).toBe(403);
		expect(await all.one("account", "operator", kim.name)).toMatchObject({ operator: true });
		expect(await accounts()).toBe(200);
		expect(await all.one("account", "operator", kim.name, "--remove")).toMatchObject({ operator: false });
		expect(await accounts()).toBe(403);
	});

	it.each([
		["operator", "--remove"],
		["disable", "--yes"],
		["delete", "--yes"],
	])(
		"%s %s leaves the last operator who can sign in, and the built-in one, as they are",
		async (command, ...more) => {
			const refused = (account: string) => all.refused("account", command, account, ...more);
			expect(await refused(all.boss.name)).toMatchObject({ exit: 1, code: "last_operator" });
			expect(await refused(builtInOperatorId)).toMatchObject({ exit: 1, code: "builtin_account" });
			expect(await status(all.boss)).toBe(200);
		},
	);
});

describe("placelock account delete", () => {
	it("shows what is deleted with the account, asks, and deletes it all", async () => {
		const { token } = await key(kim.id);
		const withKey = () => all.server.call("GET", "/v1/workspaces", { token });
		expect((await withKey()).status).toBe(200);
		expect(await all.refused("account", "delete", kim.name)).toMatchObject({
			exit: 64,
			message: expect.stringContaining(
				`account ${kim.id} ("${kim.name}") with its 1 open session, 1 membership, 1 admin key. This cannot be undone.`,
			),
			problems: [{ option: "--yes", message: expect.any(String) }],
		});
		expect(await status(kim)).toBe(200);
		expect(await all.one("account", "delete", kim.name, "--yes")).toEqual({
			accountId: kim.id,
			deleted: true,
		});
		expect(await status(kim)).toBe(401);
		await waitFor("the key to be refused", async () => (await withKey()).status === 401, 1_000);
		expect(await all.refused("account", "show", kim.id)).toMatchObject({ code: "not_found" });
		expect(await lastChange(kim.id)).toMatchObject({ action: "accounts.delete" });
	});

	it("fails for the last owner of a workspace", async () => {
		const owner = await all.join("Hall", "owner", `Lee_${count}`);
		expect(await all.refused("account", "delete", owner.id, "--yes")).toMatchObject({
			exit: 1,
			code: "last_owner",
			message: expect.stringContaining("last owner"),
		});
		expect(await status(owner)).toBe(200);
	});
});
