import type { Socket } from "node:net";
import { errors } from "../../shared/errors.js";
import { exchange, head } from "../support/rawHttp.js";
import type { Fixture } from "../support/seed.js";
import { useServerPerTest } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

const server = useServerPerTest();
let home: Fixture;
beforeEach(async () => {
	home = await server.fixture();
});

/** Everything the server sends until it closes the connection. */
const sent = (...bytes: string[]) => exchange(server.port, bytes, { answers: Number.POSITIVE_INFINITY });

function expectProblem(response: string, code: keyof typeof errors): void {
	const [headers = "", json = ""] = response.split("\r\n\r\n");
	const { status, title } = errors[code];
	expect(headers).toMatch(new RegExp(`^HTTP/1\\.1 ${status} \\w`));
	expect(headers).toMatch(/^Connection: close$/im);
	expect(headers).toMatch(/^Content-Type: application\/problem\+json$/im);
	expect(headers).toMatch(new RegExp(`^Content-Length: ${Buffer.byteLength(json)}$`, "im"));
	expect(headers).toMatch(/^Cache-Control: no-store$/im);
	expect(headers).toMatch(/^Date: .+ GMT$/im);
	const body = JSON.parse(json);
	expect(body).toMatchObject({ type: `/docs/errors#${code}`, code, status, title });
	expect(headers).toMatch(new RegExp(`^X-Request-Id: ${body.requestId}$`, "im"));
	const line = server.logs.find(({ requestId }) => requestId === body.requestId);
	expect(line).toMatchObject({ endpoint: "none", status, code, address: "127.0.0.1" });
}

const verifying = (more: Record<string, string | number>) =>
	head("POST /v1/verify", {
		Authorization: `Bearer ${home.token}`,
		"Roblox-Id": home.place.id,
		"Content-Type": "application/json",
		...more,
	});

describe("what is not HTTP gets a problem, and the connection is closed", () => {
	it.each([
		["another protocol", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
		["a request line that is none", "HELO localhost\r\n\r\n"],
		["a header that is none", "GET /livez HTTP/1.1\r\nHost: a\r\nbroken header\r\n\r\n"],
		["two lengths", `${head("POST /v1/verify", { "Content-Length": "1\r\nContent-Length: 2" })}{}`],
		["no Host header", "GET /livez HTTP/1.1\r\n\r\n"],
		["no Host header on the fast path", "POST /v1/verify HTTP/1.1\r\nContent-Length: 0\r\n\r\n"],
	])("%s", async (_what, bytes) => {
		expectProblem(await sent(bytes), "request_malformed");
	});

	it("a body with malformed chunks", async () => {
		expectProblem(
			await sent(`${verifying({ "Transfer-Encoding": "chunked" })}nonsense\r\n`),
			"request_malformed",
		);
		expect((await server.verify(home.token, home.place.id)).status).toBe(200);
	});

	it("headers that are too large", async () => {
		const long = head("GET /livez", { "X-Long": "a".repeat(20_000) });
		expectProblem(await sent(long), "headers_too_large");
	});

	it("headers without end", async () => {
		expectProblem(await sent(`GET /livez HTTP/1.1\r\nX: ${"a".repeat(500_000)}`), "headers_too_large");
	});

	it("an unknown expectation", async () => {
		expectProblem(await sent(head("GET /livez", { Expect: "wine" })), "expectation_failed");
	});

	it("a request that does not end in time", async () => {
		let socket: Socket | undefined;
		server.app.server.once("connection", (connection: Socket) => {
			socket = connection;
		});
		const response = sent("GET /livez HTTP/1.1\r\nHost:");
		const late = Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
		// As Node reports it after half a minute.
		server.app.server.emit("clientError", late, await waitFor("the connection", () => socket));
		expectProblem(await response, "request_timeout");
	});
});

describe("a response to another request on the same connection", () => {
	const whole = () => `${verifying({ "Content-Length": 2 })}{}`;

	it("comes first and complete if the next request is malformed", async () => {
		const responses = await sent(`${whole()}nonsense\r\n\r\n`);
		expect(responses).toMatch(/^HTTP\/1\.1 200 /);
		expect(responses.match(/HTTP\/1\.1 /g)?.length).toBeLessThanOrEqual(2);
		expect(responses).toContain(`"id":"${home.key.id}"`);
	});

	it("is the only one if it was still pending", async () => {
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		server.store.holdUntil((call) => (call === "keys.findById" ? held : undefined));
		let malformed = 0;
		server.app.server.on("clientError", () => malformed++);
		const responses = sent(`${whole()}nonsense\r\n\r\n`);
		await waitFor("the malformed request", () => malformed > 0);
		release();
		expect((await responses).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200"]);
		expect(await responses).toMatch(/^Connection: close$/im);
	});

	it("is not confused with a problem if a malformed body follows it", async () => {
		const responses = await sent(
			`${verifying({ "Transfer-Encoding": "chunked", Authorization: "Bearer x" })}zz\r\n`,
		);
		expect(responses.match(/HTTP\/1\.1 \d+/g)).toHaveLength(1);
	});
});

it("does not repeat what was sent", async () => {
	const response = await sent(`GET /${home.token} HTTP/1.1\r\nHost: a\r\n${home.token}\r\n\r\n`);
	expect(response).not.toContain(home.token.slice(21));
	expect(JSON.stringify(server.logs)).not.toContain(home.token.slice(21));
});
