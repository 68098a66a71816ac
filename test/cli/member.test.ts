import { codeOf, type Person } from "../support/person.js";
import { type Team, team } from "./team.js";

let all: Team;
beforeAll(async () => {
	all = await team();
});
afterAll(() => all.end());
let count = 0;
let workspaceId: string;
let kim: Person;
let lee: Person;
beforeEach(async () => {
	count++;
	workspaceId = (await all.one("workspace", "create", `Obby ${count}`)).id;
	kim = await all.join(workspaceId, "admin", `Kim_${count}`);
	lee = await all.join(`obby ${count}`, "viewer", `Lee_${count}`);
});

const roles = async () =>
	(await all.json(["member", "list", workspaceId])).map(({ name, role }) => [name, role]);
/** Only owners may do this. */
const invites = async (person: Person) =>
	(await person.call("GET", `/v1/workspaces/${workspaceId}/invitations`)).status;

it("repairs a workspace without owners: a member becomes one, with the next request", async () => {
	expect(await roles()).toEqual([
		[lee.name, "viewer"],
		[kim.name, "admin"],
	]);
	expect(await all.json(["member", "list", workspaceId])).toEqual(
		(await all.boss.call("GET", `/v1/workspaces/${workspaceId}/members`)).body.data,
	);
	expect(await invites(kim)).toBe(403);
	expect(await all.one("member", "role", workspaceId, kim.name, "owner")).toMatchObject({
		accountId: kim.id,
		name: kim.name,
		role: "owner",
	});
	expect(await invites(kim)).toBe(200);
	const [change] = await all.json(["audit", "--workspace", workspaceId, "--action", "members.change"]);
	expect(change).toMatchObject({
		actor: { type: "command-line" },
		targetId: kim.id,
		before: { role: "admin" },
		after: { role: "owner" },
	});
});

it("leaves a workspace its last owner", async () => {
	await all.one("member", "role", workspaceId, kim.id, "owner");
	const refusal = {
		exit: 1,
		code: "last_owner",
		message: expect.stringContaining("Make another member an owner first"),
	};
	expect(await all.refused("member", "role", workspaceId, kim.id, "viewer")).toMatchObject(refusal);
	expect(await all.refused("member", "remove", workspaceId, kim.id, "--yes")).toMatchObject(refusal);
	await all.one("member", "role", workspaceId, lee.id, "owner");
	await all.one("member", "role", workspaceId, kim.id, "viewer");
	expect(await roles()).toEqual([
		[lee.name, "owner"],
		[kim.name, "viewer"],
	]);
});

it("removes a member after asking, with effect on the next request", async () => {
	expect(await all.refused("member", "remove", workspaceId, lee.name)).toMatchObject({
		exit: 64,
		message: expect.stringMatching(/removes account acc_\w+ \("Lee_\d+"\), viewer, from workspace ws_/),
	});
	const seen = async () => (await lee.call("GET", `/v1/workspaces/${workspaceId}`)).status;
	expect(await seen()).toBe(200);
	expect(await all.one("member", "remove", workspaceId, lee.name, "--yes")).toEqual({
		workspaceId,
		accountId: lee.id,
		removed: true,
	});
	expect(await seen()).toBe(404);
	expect(await all.refused("member", "role", workspaceId, lee.name, "owner")).toMatchObject({
		exit: 1,
		code: "not_found",
		message: expect.stringContaining("invitation create"),
	});
	const [change] = await all.json(["audit", "--workspace", workspaceId, "--action", "members.remove"]);
	expect(change).toMatchObject({ actor: { type: "command-line" }, targetId: lee.id });
});

describe("placelock invitation create", () => {
	it("prints a link at PUBLIC_URL, only once, and keeps the note", async () => {
		const environment = { PUBLIC_URL: "https://keys.example.com" };
		const args = ["invitation", "create", workspaceId, "--role", "owner"];
		const [made] = await all.json([...args, "--note", "Ada"], environment);
		expect(made).toMatchObject({
			role: "owner",
			note: "Ada",
			link: expect.stringMatching(/^https:\/\/keys\.example\.com\/invitation#\w{43}$/),
		});
		const { link: _, ...kept } = made;
		const { body } = await all.boss.call("GET", `/v1/workspaces/${workspaceId}/invitations`);
		expect(body.data).toEqual([kept]);
		expect(await all.done(args, environment)).toMatch(
			/as owner[\s\S]+ {2}https:\/\/keys\.example\.com\/invitation#/,
		);
	});

	it("reports every problem together", async () => {
		const wrong = ["--role", "boss", "--note", ""];
		expect(await all.refused("invitation", "create", workspaceId, ...wrong)).toMatchObject({
			exit: 64,
			problems: [
				{ option: "--role", message: "must be one of owner, admin, viewer" },
				{ option: "--note", message: "must be 1 to 100 characters long" },
			],
		});
		expect(await all.refused("member", "role", workspaceId, kim.id, "boss")).toMatchObject({
			exit: 64,
			problems: [{ option: "<role>", message: expect.any(String) }],
		});
	});
});

describe("placelock invitation list and delete", () => {
	it("list the pending ones like the API, and delete one after asking", async () => {
		const create = ["invitation", "create", workspaceId, "--role"];
		const { link, ...first } = await all.one(...create, "owner", "--note", "Ada");
		const second = await all.one(...create, "viewer");
		expect(await all.json(["invitation", "list", `obby ${count}`])).toEqual(
			(await all.boss.call("GET", `/v1/workspaces/${workspaceId}/invitations`)).body.data,
		);
		expect(await all.json(["invitation", "list", workspaceId, "--limit", "1"])).toMatchObject([
			{ id: second.id },
		]);
		const take = ["invitation", "delete", workspaceId, first.id];
		expect(await all.refused(...take)).toMatchObject({
			exit: 64,
			message: expect.stringMatching(/deletes invitation inv_\w+ \("Ada"\) for the role owner/),
		});
		expect(await all.one(...take, "--yes")).toEqual({ workspaceId, invitationId: first.id, deleted: true });
		expect(await all.json(["invitation", "list", workspaceId])).toMatchObject([{ id: second.id }]);
		const opened = await all.server.call("POST", "/v1/invitations/show", { body: { code: codeOf(link) } });
		expect(opened.body.code).toBe("link_invalid");
		expect(await all.refused(...take, "--yes")).toMatchObject({ exit: 1, code: "not_found" });
		const [change] = await all.json(["audit", "--workspace", workspaceId, "--action", "invitations.delete"]);
		expect(change).toMatchObject({ actor: { type: "command-line" }, targetId: first.id });
	});
});
