import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { codeOf, invite, type Person, setUp, signIn } from "../support/person.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

// Required, because an import would give this file a separate copy.
const argon2 = jest.requireActual<typeof import("@node-rs/argon2")>("@node-rs/argon2");

const minute = 60_000;
const clock = new FakeClock();
const server = useServer({ clock });
let operator: Person;
let workspaceId: string;

beforeAll(async () => {
	operator = await setUp(server);
	workspaceId = (await server.workspace()).id;
});
beforeEach(() => clock.advance(11 * minute));

const attempt = (name: string, password: string, from?: string): Promise<TestResponse> =>
	server.call("POST", "/v1/session", { body: { name, password }, from });
const codeOfAttempt = async (name: string, password: string, from?: string) =>
	(await attempt(name, password, from)).body.code ?? "signed in";

async function times(count: number, what: (n: number) => Promise<string>): Promise<string[]> {
	const outcomes: string[] = [];
	for (let n = 0; n < count; n++) outcomes.push(await what(n));
	return outcomes;
}

describe("signing in", () => {
	it("accepts the name in any case, and the password in another Unicode form", async () => {
		const composed = { name: "Zoë.Builds".replace("ë", "e"), password: "caf\u00e9 with four \ufb01sh" };
		const person = await invite(server, operator, workspaceId, "viewer", composed);
		expect(await codeOfAttempt(person.name.toUpperCase(), "cafe\u0301 with four fish")).toBe("signed in");
		expect(await codeOfAttempt(person.name, "cafe with four fish")).toBe("sign_in_failed");
		expect(await codeOfAttempt(person.name, person.password.toUpperCase())).toBe("sign_in_failed");
	});

	it("fails the same way, with the same work, whether the name, the password or the account is wrong", async () => {
		const disabled = await invite(server, operator, workspaceId, "viewer");
		await operator.call("PATCH", `/v1/accounts/${disabled.id}`, { body: { disabled: true } });
		const { body: all } = await operator.call("GET", "/v1/accounts");
		const builtIn = all.data.find(({ signsIn }: { signsIn: boolean }) => !signsIn);
		const verify = jest.spyOn(argon2, "verify");
		const seen: unknown[] = [];
		for (const [name, password] of [
			["nobody-at-all", "not the password"],
			[operator.name, "not the password"],
			[disabled.name, disabled.password],
			[disabled.name, "not the password"],
			[builtIn.name, "not the password"],
		] as const) {
			verify.mockClear();
			const { status, headers, body } = await attempt(name, password);
			const { date: _, "x-request-id": __, ...alike } = headers;
			const costs = verify.mock.calls.map(([hash]) => String(hash).split("$").slice(0, 4));
			seen.push({ status, alike, body: { ...body, requestId: "masked" }, costs });
		}
		verify.mockRestore();
		expect(seen[0]).toMatchObject({
			status: 401,
			body: { code: "sign_in_failed" },
			costs: [["", "argon2id", "v=19", "m=19456,t=2,p=1"]],
		});
		for (const each of seen) expect(each).toEqual(seen[0]);
	});

	it("is rejected before any work if something is not a text, and quotes nothing", async () => {
		for (const body of [
			{},
			{ name: operator.name, password: 7 },
			{ name: { $gt: "" }, password: "secret" },
		]) {
			const response = await server.call("POST", "/v1/session", { body });
			expect(response.body.code).toBe("validation_failed");
			expect(response.text).not.toContain("secret");
		}
	});
});

describe("attempts to sign in", () => {
	it("that fail are logged with their account, if it exists", async () => {
		const person = await invite(server, operator, workspaceId, "viewer", {
			name: "Logged",
			password: "four plain words of logged",
		});
		for (const name of ["logged", "nobody like that"]) await attempt(name, "wrong", "127.0.3.1");
		const lines = server.logs.filter(({ code }) => code === "sign_in_failed").slice(-2);
		expect(lines.map(({ accountId }) => accountId)).toEqual([person.id, undefined]);
	});

	it("to one account are limited, from any address and with any spelling of the name, including correct ones", async () => {
		const person = await invite(server, operator, workspaceId, "viewer", {
			name: "Sisi",
			password: "four plain words of sisi",
		});
		// The long s and the dotless i are what s and i fold to.
		const spelt = ["Sisi", "SISI", "\u017fisi", "s\u0131si"];
		const outcomes = await times(20, (n) =>
			codeOfAttempt(spelt[n % spelt.length] ?? "", "wrong", `127.0.0.${n + 1}`),
		);
		expect(new Set(outcomes)).toEqual(new Set(["sign_in_failed"]));
		for (const name of spelt) {
			expect(await codeOfAttempt(name, person.password, "127.0.1.1")).toBe("too_many_failures");
		}
		const { status, headers } = await attempt("sisi", person.password, "127.0.1.2");
		const wait = Number(headers["retry-after"]);
		expect([status, wait > 0 && wait <= 610]).toEqual([429, true]);
		clock.advance(wait * 1000);
		expect(await codeOfAttempt(person.name, person.password)).toBe("signed in");
	});

	it("to an unknown name are limited the same way", async () => {
		const outcomes = await times(21, () => codeOfAttempt("nobody-here", "wrong"));
		expect(outcomes.slice(19)).toEqual(["sign_in_failed", "too_many_failures"]);
	});

	it("from one address are limited, whatever the names, without affecting others", async () => {
		const from = "127.0.2.1";
		const outcomes = await times(61, (n) => codeOfAttempt(`nobody-${n}`, "wrong", from));
		expect(outcomes.slice(59)).toEqual(["sign_in_failed", "too_many_failures"]);
		expect(await codeOfAttempt(operator.name, operator.password, from)).toBe("too_many_failures");
		// Attempts over the limit of their address do not count against the names they try.
		await times(25, () => codeOfAttempt(operator.name, "wrong", from));
		expect(await codeOfAttempt(operator.name, operator.password, "127.0.2.2")).toBe("signed in");
	});

	it("get 503 and a Retry-After when too many wait for their password to be checked", async () => {
		const verify = jest.spyOn(argon2, "verify");
		let go: (() => void) | undefined;
		const gate = new Promise<void>((resolve) => {
			go = resolve;
		});
		verify.mockImplementation(() => gate.then(() => false));
		const answers: TestResponse[] = [];
		const all = Array.from({ length: 54 }, async (_, n) => {
			answers.push(await attempt(`in-line-${n}`, "wrong"));
		});
		await waitFor("two to be turned away", () => (answers.length === 2 ? true : undefined));
		const turnedAway = [...answers];
		go?.();
		await Promise.all(all);
		verify.mockRestore();
		for (const { body, headers } of turnedAway) {
			expect([body.code, headers["retry-after"]]).toEqual(["unavailable", "2"]);
		}
		const others = answers.slice(2).map(({ body }) => body.code);
		expect(new Set(others)).toEqual(new Set(["sign_in_failed"]));
	});

	it("wait behind one attempt of each other address, however many that one makes", async () => {
		const verify = jest.spyOn(argon2, "verify");
		const order: string[] = [];
		const ends: (() => void)[] = [];
		verify.mockImplementation(
			(_hash, password) =>
				new Promise((resolve) => {
					order.push(String(password));
					ends.push(() => resolve(false));
				}),
		);
		server.store.clearCalls();
		const flood = Array.from({ length: 40 }, (_, n) => attempt(`flooded-${n}`, "flood", "127.0.3.1"));
		const lookedUp = () => server.store.calls.filter((call) => call === "accounts.findByName").length;
		await waitFor("the flood to be in line", () => lookedUp() === 40);
		const other = attempt("somebody", "other", "127.0.3.2");
		await waitFor("the other attempt to be in line", () => lookedUp() === 41);
		const finish = async () => {
			for (;;) {
				ends.shift()?.();
				if (ends.length === 0 && order.length >= 41) return;
				await new Promise((resolve) => setImmediate(resolve));
			}
		};
		await finish();
		await Promise.all([...flood, other]);
		verify.mockRestore();
		expect(order.indexOf("other")).toBeLessThan(10);
	});

	it("at the same moment gain nothing over sequential ones", async () => {
		const all = await Promise.all(Array.from({ length: 30 }, () => codeOfAttempt("nobody-at-once", "wrong")));
		expect(all.filter((code) => code === "sign_in_failed")).toHaveLength(20);
		expect(all.filter((code) => code === "too_many_failures")).toHaveLength(10);
	});

	it("that succeed count too, so that a success does not reveal the attempts before it", async () => {
		const person = await invite(server, operator, workspaceId, "viewer");
		const outcomes = await times(21, () => codeOfAttempt(person.name, person.password));
		expect(outcomes.slice(19)).toEqual(["signed in", "too_many_failures"]);
	});

	it("are also counted where the current password is required", async () => {
		const person = await invite(server, operator, workspaceId, "viewer");
		const body = { currentPassword: "a guess", newPassword: "chosen by who found the browser" };
		const outcomes = await times(21, async () => {
			return (await person.call("POST", "/v1/account/password", { body })).body.code;
		});
		expect(outcomes.slice(19)).toEqual(["sign_in_failed", "too_many_failures"]);
	});

	it("do not block reset links or open sessions", async () => {
		const person = await invite(server, operator, workspaceId, "viewer");
		await times(21, () => codeOfAttempt(person.name, "wrong"));
		expect((await person.call("GET", "/v1/account")).status).toBe(200);
		const { body } = await operator.call("POST", `/v1/accounts/${person.id}/reset`);
		const reset = { code: codeOf(body.link), password: "four words chosen anew" };
		expect((await server.call("POST", "/v1/password-resets", { body: reset })).status).toBe(201);
		await expect(signIn(server, person)).rejects.toThrow("too_many_failures");
	});
});
