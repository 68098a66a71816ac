import { ApiClient, type SignedIn } from "../../server/dashboard/api/client.js";
import { ApiProblem } from "../../server/dashboard/api/problem.js";
import { createKey, listKeys } from "../../shared/endpoints/keys.js";
import { changePlace, deletePlace } from "../../shared/endpoints/places.js";
import { createSession, endSession, getSession, getSetup } from "../../shared/endpoints/session.js";
import { createWorkspace } from "../../shared/endpoints/workspaces.js";

interface Asked {
	readonly url: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}
type Reply = () => Response | Promise<Response>;

const session = (account: string, csrfToken: string): SignedIn => ({
	account: { id: account, name: account, operator: false, createdAt: "2026-01-01T00:00:00Z" },
	sessionId: "s1",
	csrfToken,
	expiresAt: "2026-01-02T00:00:00Z",
});
const json =
	(status: number, body: unknown): Reply =>
	() =>
		Response.json(body, { status });
const problem =
	(status: number, code: string, headers = {}): Reply =>
	() =>
		Response.json(
			{
				code,
				title: "The title",
				fix: "The fix.",
				requestId: "r1",
				errors: [{ path: "name", message: "is required" }],
			},
			{ status, headers: { "Content-Type": "application/problem+json", ...headers } },
		);

/** A client whose server returns these responses in order. */
function clientOf(...replies: Reply[]) {
	const asked: Asked[] = [];
	const told: string[] = [];
	const client = new ApiClient({
		base: "/base",
		fetch: async (url, { method = "", headers, body } = {}) => {
			const entries = Object.fromEntries((headers as Headers).entries());
			asked.push({ url: String(url), method, headers: entries, body: body && JSON.parse(String(body)) });
			const reply = replies[asked.length - 1];
			if (reply === undefined) throw new TypeError("fetch failed");
			return reply();
		},
		onSignedIn: ({ account, csrfToken }) => told.push(`${account.id} ${csrfToken}`),
		onSignedOut: () => told.push("out"),
	});
	return { client, asked, told };
}

async function problemIn(call: Promise<unknown>): Promise<ApiProblem> {
	const thrown = await call.then(
		() => undefined,
		(error: unknown) => error,
	);
	expect(thrown).toBeInstanceOf(ApiProblem);
	return thrown as ApiProblem;
}

const place = { params: { workspaceId: "w/1", placeId: "12" } };

it("sends what the contract describes", async () => {
	const { client, asked } = clientOf(json(200, { data: [] }), json(201, { id: "k" }));
	await client.call(listKeys, { params: { workspaceId: "w/1" }, query: { limit: 5, cursor: undefined } });
	await client.call(
		createKey,
		{ params: { workspaceId: "w" }, body: { name: "N", kind: "game", scopes: [] } },
		{ idempotencyKey: "once" },
	);
	expect(asked).toEqual([
		{ url: "/base/v1/workspaces/w%2F1/keys?limit=5", method: "GET", headers: {}, body: undefined },
		{
			url: "/base/v1/workspaces/w/keys",
			method: "POST",
			headers: { "content-type": "application/json", "idempotency-key": "once" },
			body: { name: "N", kind: "game", scopes: [] },
		},
	]);
});

it("sends the session's CSRF token with everything but GET", async () => {
	const { client, asked, told } = clientOf(
		json(201, session("kim", "c1")),
		json(200, session("kim", "c1")),
		json(200, { data: [] }),
		() => new Response(null, { status: 204 }),
	);
	await client.call(createSession, { body: { name: "kim", password: "x" } });
	await client.call(listKeys, { params: { workspaceId: "w" } });
	expect(await client.call(endSession, {})).toBeUndefined();
	expect(asked.map(({ headers }) => headers["x-csrf-token"])).toEqual([
		undefined,
		undefined,
		undefined,
		"c1",
	]);
	expect(told).toEqual(["kim c1"]);
});

it("reports the server's error with all its fields", async () => {
	const { client } = clientOf(problem(429, "too_many_failures", { "Retry-After": "40" }));
	const { details, isTransient } = await problemIn(client.call(createWorkspace, { body: { name: "W" } }));
	expect(details).toEqual({
		code: "too_many_failures",
		status: 429,
		title: "The title",
		detail: undefined,
		fix: "The fix.",
		errors: [{ path: "name", message: "is required" }],
		requestId: "r1",
		retryAfterSeconds: 40,
	});
	expect(isTransient).toBe(true);
});

it.each([
	["no answer at all", () => Promise.reject(new TypeError("fetch failed")), "unreachable"],
	["a proxy's page", () => new Response("<h1>Bad gateway</h1>", { status: 502 }), "unreadable"],
	["a page where an answer should be", () => new Response("<h1>Welcome</h1>"), "unreadable"],
	["JSON that is no problem", json(500, ["oops"]), "unreadable"],
])("treats %s as transient", async (_what, reply, code) => {
	const { client } = clientOf(reply);
	const found = await problemIn(client.call(createWorkspace, { body: { name: "W" } }));
	expect([found.code, found.isTransient]).toEqual([code, true]);
	expect(found.details.fix).not.toBe("");
});

it.each(["session_expired", "auth_missing"])(
	"takes %s for the end of the session, and asks nothing more that needs one until there is another",
	async (code) => {
		const { client, asked, told } = clientOf(
			json(200, session("kim", "c1")),
			problem(401, code),
			json(200, { needed: false }),
			json(200, session("kim", "c2")),
			() => new Response(null, { status: 204 }),
		);
		await client.call(getSession, {});
		const { details } = await problemIn(client.call(deletePlace, place));
		expect([details.code, details.fix]).toEqual(["session_expired", "Sign in again."]);
		expect((await problemIn(client.call(deletePlace, place))).code).toBe("session_expired");
		await client.call(getSetup, {});
		await client.call(getSession, {});
		await client.call(deletePlace, place);
		expect(told).toEqual(["kim c1", "out", "kim c2"]);
		expect(asked.map(({ method, headers }) => [method, headers["x-csrf-token"]])).toEqual([
			["GET", undefined],
			["DELETE", "c1"],
			["GET", undefined],
			["GET", undefined],
			["DELETE", "c2"],
		]);
	},
);

it("reports that nobody is signed in when the browser did not keep the cookie", async () => {
	const { client, told } = clientOf(json(201, session("kim", "c1")), problem(401, "session_expired"));
	const { details } = await problemIn(client.call(createSession, { body: { name: "kim", password: "x" } }));
	expect([details.code, told]).toEqual(["cookie_not_kept", []]);
});

it("trusts a sign-in when it cannot check whether the cookie was kept", async () => {
	const { client, told } = clientOf(json(201, session("kim", "c1")));
	await client.call(createSession, { body: { name: "kim", password: "x" } });
	expect(told).toEqual(["kim c1"]);
});

it.each(["not_found", "role_missing"])(
	"finds out who is signed in before it says %s, once for all who are told so",
	async (code) => {
		const { client, asked, told } = clientOf(
			json(200, session("kim", "c1")),
			problem(404, code),
			problem(404, code),
			json(200, session("sam", "c2")),
		);
		await client.call(getSession, {});
		const both = [client.call(deletePlace, place), client.call(deletePlace, place)];
		expect((await Promise.all(both.map(problemIn))).map((found) => found.code)).toEqual([code, code]);
		expect([asked.length, told]).toEqual([4, ["kim c1", "sam c2"]]);
	},
);

describe("after a new sign-in in another tab", () => {
	const change = { ...place, body: { status: "inactive" as const } };

	it("retries with the new session's token", async () => {
		const { client, asked } = clientOf(
			json(200, session("kim", "c1")),
			problem(403, "csrf_failed"),
			json(200, session("kim", "c2")),
			json(200, { id: "12" }),
		);
		await client.call(getSession, {});
		expect(await client.call(changePlace, change)).toEqual({ id: "12" });
		expect(asked.map(({ headers }) => headers["x-csrf-token"])).toEqual([undefined, "c1", undefined, "c2"]);
	});

	it("does nothing when it belongs to another account", async () => {
		const { client, asked, told } = clientOf(
			json(200, session("kim", "c1")),
			problem(403, "csrf_failed"),
			json(200, session("sam", "c2")),
		);
		await client.call(getSession, {});
		expect((await problemIn(client.call(changePlace, change))).code).toBe("csrf_failed");
		expect(asked).toHaveLength(3);
		expect(told).toEqual(["kim c1", "sam c2"]);
	});

	it("does not retry twice", async () => {
		const { client, asked } = clientOf(
			json(200, session("kim", "c1")),
			problem(403, "csrf_failed"),
			json(200, session("kim", "c2")),
			problem(403, "csrf_failed"),
		);
		await client.call(getSession, {});
		expect((await problemIn(client.call(changePlace, change))).code).toBe("csrf_failed");
		expect(asked).toHaveLength(4);
	});
});
