import { invitation, invite, newCredentials, type Person, setUp, signIn } from "../support/person.js";
import { useServer } from "../support/useServer.js";

// Required, because an import would give this file a separate copy.
const argon2 = jest.requireActual<typeof import("@node-rs/argon2")>("@node-rs/argon2");

const server = useServer();
let operator: Person;
let workspaceId: string;

beforeAll(async () => {
	operator = await setUp(server);
	workspaceId = (await server.workspace()).id;
});

/** The problems of a name and a password, by field. */
async function problems(name: string, password: string): Promise<Record<string, string>> {
	const code = await invitation(operator, workspaceId, "viewer");
	const input = { code, name, password };
	const { body } = await server.call("POST", "/v1/invitations/accept", { body: input });
	expect([password, body.code]).toEqual([password, "validation_failed"]);
	const errors: { path: string; message: string }[] = body.errors;
	expect(JSON.stringify(body)).not.toContain(password);
	return Object.fromEntries(errors.map(({ path, message }) => [path, message]));
}

describe("a new password", () => {
	it.each([
		["short", "elevenchars", /12 to 200 characters/],
		["short once its Unicode is put together", "e\u0301".repeat(6), /12 to 200 characters/],
		["long", "x".repeat(201), /12 to 200 characters/],
		["common", "passwordpassword", /common/],
		["common, with digits and signs around it", "!!dragon123456", /common/],
		["common, in capitals", "PASSWORD1234!", /common/],
		["common, twice with digits around it", "1passwordpassword1", /common/],
		["common, three times", "football1football1football1", /common/],
		["common, in letters of full width", "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff441234", /common/],
		["one key held down", "aaaaaaaaaaaaaaaa", /common|repeats/],
		["a few characters over and over", "xkqzxkqzxkqzxk", /repeats/],
		["digits alone", "190220011985", /letters|common/],
		["the account's name with digits after it", "Kim.Builds.2!!", /account's name/],
		["the account's name twice", "kim.builds.2kim.builds.2", /account's name/],
	])("is rejected if it is %s", async (_what, password, reason) => {
		expect(await problems("Kim.Builds.2", password)).toEqual({ password: expect.stringMatching(reason) });
	});

	it("is reported together with everything else that is wrong", async () => {
		expect(Object.keys(await problems("Kim Builds", "password1234"))).toEqual(["name", "password"]);
	});

	it.each([
		"correct horse battery",
		"kj4#fh28ss!qq",
		"\u5bc6\u7801\u5f88\u957f\u4f46\u662f\u597d\u8bb0\u7684\u4e00\u53e5\u8bdd\u554a",
		"password of my own making",
		"x".repeat(150) + "y".repeat(50),
	])("may be %s", async (password) => {
		const person = await invite(server, operator, workspaceId, "viewer", { ...newCredentials(), password });
		expect((await signIn(server, person)).id).toBe(person.id);
	});
});

describe("a new account's name", () => {
	it.each(["ab", "a".repeat(33)])("is rejected if it is %s: too short or too long", async (name) => {
		expect(Object.keys(await problems(name, "four plain words together"))).toEqual(["name"]);
	});

	it.each([
		"Kim Builds",
		"Kim..B",
		"_Kim",
		"Kim-",
		"K\u0456m",
		"Kim\u200b",
		"kim@b.example",
		"<b>Kim</b>",
		"Kim\n",
	])("is rejected if it is %j", async (name) => {
		expect(await problems(name, "four plain words together")).toEqual({
			name: "must consist of letters and digits, with single `_`, `.` or `-` between them",
		});
	});

	it.each(["command-line", "Command-Line", "acc_d7xo05NXfrt5", "ACC_kim"])(
		"is rejected if it is %s, which the audit log uses for other actors",
		async (name) => {
			expect(await problems(name, "four plain words together")).toEqual({
				name: 'must not be "command-line" or start with "acc_": the audit log uses these for other actors',
			});
		},
	);

	it.each(["command-liner", "accKim", "Kim.acc_1"])("may be %s", async (name) => {
		const made = await invite(server, operator, workspaceId, "viewer", { ...newCredentials(), name });
		expect((await made.call("GET", "/v1/account")).body.name).toBe(name);
		const renamed = await made.call("PATCH", "/v1/account", { body: { name: "acc_d7xo05NXfrt5" } });
		expect(renamed.body).toMatchObject({ code: "validation_failed", errors: [{ path: "name" }] });
	});

	it("is rejected if it contains more of a token than its start", async () => {
		expect(await problems("plk_svc_oDkHvNq98l4kX", "four plain words together")).toEqual({
			name: expect.stringContaining("must not contain a token"),
		});
	});
});

it("is not hashed for a name that is taken: a link alone must not cost the server a hash each time", async () => {
	const hash = jest.spyOn(argon2, "hash");
	const code = await invitation(operator, workspaceId, "viewer");
	const body = { code, ...newCredentials(), name: operator.name };
	const response = await server.call("POST", "/v1/invitations/accept", { body });
	expect(response.body.code).toBe("name_taken");
	expect(hash).not.toHaveBeenCalled();
	hash.mockRestore();
	// The link still works, with another name.
	const accepted = await server.call("POST", "/v1/invitations/accept", {
		body: { code, ...newCredentials() },
	});
	expect(accepted.status).toBe(201);
});
