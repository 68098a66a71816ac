import { connect } from "node:net";

/** Bytes to send, or a pause until the promise resolves. */
export type Sending = string | Buffer | Promise<unknown>;

/**
 * Sends bytes over one connection and resolves with everything received: once
 * `answers` responses are complete, or when the server closes the connection.
 */
export function exchange(
	port: number,
	sending: readonly Sending[],
	options: { readonly answers?: number; readonly headOnly?: boolean } = {},
): Promise<string> {
	const { answers = 1, headOnly = false } = options;
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1");
		let received = Buffer.alloc(0);
		const finish = () => {
			socket.destroy();
			resolve(received.toString("latin1"));
		};
		socket.on("data", (chunk) => {
			received = Buffer.concat([received, chunk]);
			if (splitAnswers(received, headOnly).length >= answers) finish();
		});
		socket.once("close", finish);
		socket.once("error", (error) => (received.length > 0 ? finish() : reject(error)));
		socket.once("connect", async () => {
			for (const part of sending) {
				if (part instanceof Promise) await part;
				else if (!socket.destroyed) socket.write(part);
			}
		});
	});
}

/** Splits what came over a connection into complete responses. */
export function splitAnswers(received: Buffer, headOnly = false): Buffer[] {
	const found: Buffer[] = [];
	let rest = received;
	for (;;) {
		const headEnd = rest.indexOf("\r\n\r\n");
		if (headEnd < 0) return found;
		const head = rest.subarray(0, headEnd).toString("latin1");
		const length = headOnly ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
		const end = headEnd + 4 + length;
		if (rest.length < end) return found;
		found.push(rest.subarray(0, end));
		rest = rest.subarray(end);
	}
}

/** Masks what differs between two equal requests: the request ID and the date. */
export function masked(answers: string): string {
	return answers
		.replace(/^(X-Request-Id|Date): .*$/gim, "$1: masked")
		.replace(/"requestId":"[^"]*"/g, '"requestId":"masked"');
}

/** The head of a request, with the line ends of HTTP. */
export function head(requestLine: string, headers: Readonly<Record<string, string | number>> = {}): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return [`${requestLine} HTTP/1.1`, "Host: 127.0.0.1", ...lines, "", ""].join("\r\n");
}

/** Encodes bytes with Transfer-Encoding: chunked, including the last chunk. */
export function chunked(...chunks: readonly (string | Buffer)[]): Buffer {
	const parts = chunks.flatMap((chunk) => {
		const bytes = Buffer.from(chunk);
		return [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")];
	});
	return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}
