import { invite, type Person, setUp, signedIn, signIn } from "../support/person.js";
import { onEveryStore } from "../support/stores.js";

const minute = 60_000;
const day = 86_400_000;

onEveryStore("a session", (instances) => {
	let operator: Person;
	let person: Person;
	let workspaceId: string;
	beforeAll(async () => {
		const { here } = instances();
		operator = await setUp(here);
		workspaceId = (await here.workspace()).id;
	});
	beforeEach(async () => {
		const { here } = instances();
		operator = await signIn(here, operator);
		person = await invite(here, operator, workspaceId, "viewer");
	});

	const outcome = async (of: Person, server = instances().here) => {
		const { status, body } = await server.call("GET", "/v1/session", { headers: of.headers });
		return status === 200 ? "signed in" : body.code;
	};

	it("is good at every instance, and answers who is signed in", async () => {
		const { there } = instances();
		const { body } = await there.call("GET", "/v1/session", { headers: { cookie: person.cookie } });
		expect(body).toMatchObject({
			account: { id: person.id, name: person.name, operator: false },
			sessionId: person.sessionId,
			csrfToken: person.csrfToken,
		});
	});

	it("is what a call of people needs, and a key is told so", async () => {
		const { here } = instances();
		const { status, body } = await here.call("GET", "/v1/session", { token: await here.adminToken() });
		expect([status, body.code]).toEqual([401, "session_expired"]);
		expect(body.detail).toBe("This call is for people who are signed in: no key can make it.");
		expect((await here.call("GET", "/v1/session")).body).not.toHaveProperty("detail");
	});

	it("ends when it is not used for a day", async () => {
		const { clock } = instances();
		clock.advance(day - 1);
		expect(await outcome(person)).toBe("signed in");
		clock.advance(day - 1);
		expect(await outcome(person)).toBe("signed in");
		clock.advance(day);
		expect(await outcome(person)).toBe("session_expired");
	});

	it("ends after 14 days, however much it is used", async () => {
		const { clock } = instances();
		for (let hours = 12; hours < 14 * 24; hours += 12) {
			clock.advance(day / 2);
			expect(await outcome(person)).toBe("signed in");
		}
		clock.advance(day / 2 - 1);
		expect(await outcome(person)).toBe("signed in");
		clock.advance(1);
		expect(await outcome(person)).toBe("session_expired");
	});

	it("has its last use written every 5 minutes at most", async () => {
		const { here, clock } = instances();
		const writes = () => here.store.calls.filter((call) => call === "sessions.seen").length;
		here.store.clearCalls();
		for (let i = 0; i < 10; i++) {
			await outcome(person);
			clock.advance(30_000);
		}
		expect(writes()).toBe(0);
		await outcome(person);
		await outcome(person);
		expect(writes()).toBe(1);
		const { body } = await person.call("GET", "/v1/account/sessions");
		expect(body.data[0].lastSeenAt).toBe(new Date(clock.now()).toISOString());
	});

	it("is listed to its owner with where it was begun, newest first, and no longer once it has ended", async () => {
		const { here, there, clock } = instances();
		clock.advance(day - minute);
		const body = { name: person.name, password: person.password };
		const headers = { "user-agent": "Test Browser 1.0" };
		const answer = await here.call("POST", "/v1/session", { body, headers, from: "127.0.0.2" });
		const second = signedIn(here, answer, person);
		const listed = async (by: Person) =>
			(await there.call("GET", "/v1/account/sessions", { headers: by.headers })).body.data;
		const both = await listed(second);
		expect(both).toEqual([
			expect.objectContaining({
				id: second.sessionId,
				current: true,
				address: "127.0.0.2",
				userAgent: "Test Browser 1.0",
			}),
			expect.objectContaining({ id: person.sessionId, current: false, address: "127.0.0.1" }),
		]);
		clock.advance(minute);
		expect((await listed(second)).map(({ id }: { id: string }) => id)).toEqual([second.sessionId]);
	});

	it("is ended by its owner, at every instance at once, and by nobody else", async () => {
		const { here, there } = instances();
		const second = await signIn(here, person);
		const path = `/v1/account/sessions/${person.sessionId}`;
		expect((await operator.call("DELETE", path)).body.code).toBe("not_found");
		expect(await outcome(person, there)).toBe("signed in");
		expect((await second.call("DELETE", path)).status).toBe(204);
		expect(await outcome(person, there)).toBe("session_expired");
		expect((await second.call("DELETE", path)).body.code).toBe("not_found");
		expect(await outcome(second, there)).toBe("signed in");
	});

	it("ends by signing out, with its cookie, and leaves the others", async () => {
		const { here, there } = instances();
		const second = await signIn(here, person);
		const { status, headers } = await second.call("DELETE", "/v1/session");
		expect([status, headers["set-cookie"]]).toEqual([
			204,
			["placelock_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"],
		]);
		expect(await outcome(second, there)).toBe("session_expired");
		expect(await outcome(person, there)).toBe("signed in");
	});

	it("is the oldest to end when an account has more than 50", async () => {
		const { here, clock } = instances();
		let last = person;
		for (let i = 0; i < 50; i++) {
			clock.advance(minute);
			last = await signIn(here, person);
			if (i === 48) expect(await outcome(person)).toBe("signed in");
		}
		expect(await outcome(person)).toBe("session_expired");
		expect((await last.call("GET", "/v1/account/sessions")).body.data).toHaveLength(50);
	});

	it("stays when its owner changes the password, and the others end", async () => {
		const { here, there } = instances();
		const second = await signIn(here, person);
		const change = (currentPassword: string, newPassword: string) =>
			person.call("POST", "/v1/account/password", { body: { currentPassword, newPassword } });
		const chosen = "quite another set of words";
		expect((await change("not the password", chosen)).body.code).toBe("sign_in_failed");
		const common = await change(person.password, "password1234");
		expect(common.body).toMatchObject({ code: "validation_failed", errors: [{ path: "newPassword" }] });
		expect(await outcome(second)).toBe("signed in");
		expect((await change(person.password, chosen)).status).toBe(204);
		expect(await outcome(person, there)).toBe("signed in");
		expect(await outcome(second, there)).toBe("session_expired");
		await expect(signIn(here, person)).rejects.toThrow("sign_in_failed");
		expect(await outcome(await signIn(here, { name: person.name, password: chosen }))).toBe("signed in");
	});

	it("does not begin with a password that was changed while it was checked", async () => {
		const { here, there } = instances();
		let changed = () => {};
		const gate = new Promise<void>((open) => {
			changed = open;
		});
		const reached = new Promise<void>((held) => {
			here.store.holdUntil((call) => {
				if (call !== "sessions.begin") return undefined;
				held();
				return gate;
			});
		});
		const body = { name: person.name, password: person.password };
		const late = here.call("POST", "/v1/session", { body });
		await reached;
		const change = { currentPassword: person.password, newPassword: "chosen because it was stolen" };
		await there.call("POST", "/v1/account/password", { headers: person.headers, body: change });
		here.store.holdUntil(undefined);
		changed();
		const { body: refused, headers } = await late;
		expect([refused.code, headers["set-cookie"]]).toEqual(["sign_in_failed", undefined]);
		expect((await person.call("GET", "/v1/account/sessions")).body.data).toHaveLength(1);
	});

	it("ends when its account is disabled, and does not come back when that is enabled", async () => {
		const { there } = instances();
		const path = `/v1/accounts/${person.id}`;
		await operator.call("PATCH", path, { body: { disabled: true } });
		expect(await outcome(person, there)).toBe("session_expired");
		await expect(signIn(there, person)).rejects.toThrow("sign_in_failed");
		await operator.call("PATCH", path, { body: { disabled: false } });
		expect(await outcome(person, there)).toBe("session_expired");
		expect(await outcome(await signIn(there, person))).toBe("signed in");
	});
});
