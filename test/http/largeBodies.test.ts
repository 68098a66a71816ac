import { connect } from "node:net";
import { useServer } from "../support/useServer.js";

const fourMegabytes = 4_000_000;

const server = useServer();

/** A client that reads only after it has sent everything, like blocking HTTP clients. Returns what it then reads. */
function sendThenRead(head: string, body: Buffer): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect(server.port, "127.0.0.1");
		socket.pause();
		socket.once("error", reject);
		socket.write(head);
		socket.write(body, (error) => {
			if (error) return;
			let received = "";
			socket.setEncoding("latin1").on("data", (text) => {
				received += text;
				if (received.includes('"requestId"')) {
					socket.destroy();
					resolve(received);
				}
			});
			socket.once("close", () => resolve(received));
			socket.resume();
		});
	});
}

describe("a body much larger than the limit", () => {
	const start = "POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

	it("is rejected with 413, not with a broken connection, if a client sends all of it first", async () => {
		for (let time = 0; time < 20; time++) {
			const head = `${start}Content-Length: ${fourMegabytes}\r\n\r\n`;
			expect(await sendThenRead(head, Buffer.alloc(fourMegabytes, "x"))).toMatch(/^HTTP\/1\.1 413 /);
		}
	});

	it("is rejected the same way if it is chunked", async () => {
		const chunk = `${(65_536).toString(16)}\r\n${"x".repeat(65_536)}\r\n`;
		const body = Buffer.from(`${chunk.repeat(60)}0\r\n\r\n`);
		for (let time = 0; time < 20; time++) {
			expect(await sendThenRead(`${start}Transfer-Encoding: chunked\r\n\r\n`, body)).toMatch(
				/^HTTP\/1\.1 413 /,
			);
		}
	});
});

describe("a rejection", () => {
	it.each([
		[
			"a few thousand unknown fields",
			Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`f${n}`, 1])),
		],
		["one unknown field with a name as long as the body", { ["f".repeat(60_000)]: 1 }],
	])("is never larger than the request: %s", async (_what, fields) => {
		const body = { name: "x", ...fields };
		const response = await server.call("POST", "/v1/workspaces", { token: await server.adminToken(), body });
		expect(response.body.code).toBe("validation_failed");
		expect(response.text.length).toBeLessThan(8_000);
		expect(response.body.errors.length).toBeLessThanOrEqual(21);
	});

	it("says how many unknown fields it does not name", async () => {
		const body = { name: "x", ...Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`f${n}`, 1])) };
		const response = await server.call("POST", "/v1/workspaces", { token: await server.adminToken(), body });
		expect(response.body.errors.at(-1)).toEqual({
			path: "",
			message: "has 5 more fields that this endpoint does not have",
		});
	});
});
