import { invite, type Person, setUp, signedIn, signIn } from "../support/person.js";
import { onEveryStore } from "../support/stores.js";

const minute = 60_000;
const day = 86_400_000;

onEveryStore("a session", (instances) => {
	let operator: Person;
	let person: Person;
	let workspaceId: string;
	beforeAll(async () => {
		const { server } = instances();
		operator = await setUp(server);
		workspaceId = (await server.workspace()).id;
	});
	beforeEach(async () => {
		const { server } = instances();
		operator = await signIn(server, operator);
		person = await invite(server, operator, workspaceId, "viewer");
	});

	const outcome = async (of: Person, server = instances().server) => {
		const { status, body } = await server.call("GET", "/v1/session", { headers: of.headers });
		return status === 200 ? "signed in" : body.code;
	};

	it("is valid at every instance, and returns who is signed in", async () => {
		const { otherServer } = instances();
		const { body } = await otherServer.call("GET", "/v1/session", { headers: { cookie: person.cookie } });
		expect(body).toMatchObject({
			account: { id: person.id, name: person.name, operator: false },
			sessionId: person.sessionId,
			csrfToken: person.csrfToken,
		});
	});

	it("is required by endpoints for people, which the error for a key explains", async () => {
		const { server } = instances();
		const { status, body } = await server.call("GET", "/v1/session", { token: await server.adminToken() });
		expect([status, body.code]).toEqual([401, "session_expired"]);
		expect(body.detail).toBe(
			"This endpoint is for people who are signed in. It cannot be used with an API key.",
		);
		expect((await server.call("GET", "/v1/session")).body).not.toHaveProperty("detail");
	});

	it("ends if it is not used for a day", async () => {
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
		const { server, clock } = instances();
		const writes = () => server.store.calls.filter((call) => call === "sessions.touch").length;
		server.store.clearCalls();
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

	it("is listed for its owner with where it started, newest first, until it has ended", async () => {
		const { server, otherServer, clock } = instances();
		clock.advance(day - minute);
		const body = { name: person.name, password: person.password };
		const headers = { "user-agent": "Test Browser 1.0" };
		const response = await server.call("POST", "/v1/session", { body, headers, from: "127.0.0.2" });
		const second = signedIn(server, response, person);
		const listed = async (by: Person) =>
			(await otherServer.call("GET", "/v1/account/sessions", { headers: by.headers })).body.data;
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

	it("is ended by its owner, immediately at every instance, and by nobody else", async () => {
		const { server, otherServer } = instances();
		const second = await signIn(server, person);
		const path = `/v1/account/sessions/${person.sessionId}`;
		expect((await operator.call("DELETE", path)).body.code).toBe("not_found");
		expect(await outcome(person, otherServer)).toBe("signed in");
		expect((await second.call("DELETE", path)).status).toBe(204);
		expect(await outcome(person, otherServer)).toBe("session_expired");
		expect((await second.call("DELETE", path)).body.code).toBe("not_found");
		expect(await outcome(second, otherServer)).toBe("signed in");
	});

	it("ends by signing out, with its cookie, and leaves the others open", async () => {
		const { server, otherServer } = instances();
		const second = await signIn(server, person);
		const { status, headers } = await second.call("DELETE", "/v1/session");
		expect([status, headers["set-cookie"]]).toEqual([
			204,
			["placelock_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"],
		]);
		expect(await outcome(second, otherServer)).toBe("session_expired");
		expect(await outcome(person, otherServer)).toBe("signed in");
	});

	it("ends if it is the oldest and its account has more than 50", async () => {
		const { server, clock } = instances();
		let last = person;
		for (let i = 0; i < 50; i++) {
			clock.advance(minute);
			last = await signIn(server, person);
			if (i === 48) expect(await outcome(person)).toBe("signed in");
		}
		expect(await outcome(person)).toBe("session_expired");
		expect((await last.call("GET", "/v1/account/sessions")).body.data).toHaveLength(50);
	});

	it("stays open when its owner changes the password in it, and the others end", async () => {
		const { server, otherServer } = instances();
		const second = await signIn(server, person);
		const change = (currentPassword: string, newPassword: string) =>
			person.call("POST", "/v1/account/password", { body: { currentPassword, newPassword } });
		const chosen = "quite another set of words";
		expect((await change("not the password", chosen)).body.code).toBe("sign_in_failed");
		const common = await change(person.password, "password1234");
		expect(common.body).toMatchObject({ code: "validation_failed", errors: [{ path: "newPassword" }] });
		expect(await outcome(second)).toBe("signed in");
		expect((await change(person.password, chosen)).status).toBe(204);
		expect(await outcome(person, otherServer)).toBe("signed in");
		expect(await outcome(second, otherServer)).toBe("session_expired");
		await expect(signIn(server, person)).rejects.toThrow("sign_in_failed");
		expect(await outcome(await signIn(server, { name: person.name, password: chosen }))).toBe("signed in");
	});

	it("does not start with a password that was changed while it was checked", async () => {
		const { server, otherServer } = instances();
		let changed = () => {};
		const gate = new Promise<void>((open) => {
			changed = open;
		});
		const reached = new Promise<void>((held) => {
			server.store.holdUntil((call) => {
				if (call !== "sessions.begin") return undefined;
				held();
				return gate;
			});
		});
		const body = { name: person.name, password: person.password };
		const late = server.call("POST", "/v1/session", { body });
		await reached;
		const change = { currentPassword: person.password, newPassword: "chosen because it was stolen" };
		await otherServer.call("POST", "/v1/account/password", { headers: person.headers, body: change });
		server.store.holdUntil(undefined);
		changed();
		const { body: rejected, headers } = await late;
		expect([rejected.code, headers["set-cookie"]]).toEqual(["sign_in_failed", undefined]);
		expect((await person.call("GET", "/v1/account/sessions")).body.data).toHaveLength(1);
	});

	it("ends when its account is disabled, and stays ended when it is enabled", async () => {
		const { otherServer } = instances();
		const path = `/v1/accounts/${person.id}`;
		await operator.call("PATCH", path, { body: { disabled: true } });
		expect(await outcome(person, otherServer)).toBe("session_expired");
		await expect(signIn(otherServer, person)).rejects.toThrow("sign_in_failed");
		await operator.call("PATCH", path, { body: { disabled: false } });
		expect(await outcome(person, otherServer)).toBe("session_expired");
		expect(await outcome(await signIn(otherServer, person))).toBe("signed in");
	});
});
