import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

export interface CallOptions {
	/** Sent as Authorization: Bearer. */
	readonly token?: string;
	/** Sent as Roblox-Id, as Roblox itself would. */
	readonly robloxId?: string;
	readonly headers?: OutgoingHttpHeaders;
	/** Strings and bytes are sent as they are, anything else as JSON. */
	readonly body?: unknown;
	/** The loopback address to send from. */
	readonly from?: string;
	readonly agent?: Agent;
}

export interface TestResponse {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	/** The body parsed as JSON; undefined when it is empty or something else. */
	readonly body: Json;
}

/** JSON that tests inspect without types. */
export type Json = any;

/** Sends one HTTP request, over a connection of its own unless an agent is given. */
export function call(
	origin: string,
	method: string,
	path: string,
	options: CallOptions = {},
): Promise<TestResponse> {
	const { token, robloxId, body, from, agent } = options;
	const bytes = bodyBytes(body);
	const headers: OutgoingHttpHeaders = {
		...(bytes === undefined ? {} : { "content-type": "application/json", "content-length": bytes.length }),
		...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
		...(robloxId === undefined ? {} : { "roblox-id": robloxId }),
		...options.headers,
	};
	return new Promise((resolve, reject) => {
		const sent = request(origin + path, { method, headers, agent: agent ?? false, localAddress: from });
		sent.once("error", reject);
		sent.once("response", (response) => {
			const chunks: Buffer[] = [];
			response.on("data", (chunk: Buffer) => chunks.push(chunk));
			response.once("error", reject);
			response.once("end", () => {
				const text = Buffer.concat(chunks).toString();
				const json = /[/+]json/.test(response.headers["content-type"] ?? "") && text !== "";
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					text,
					body: json ? JSON.parse(text) : undefined,
				});
			});
		});
		sent.end(bytes);
	});
}

function bodyBytes(body: unknown): Buffer | undefined {
	if (body === undefined) return undefined;
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
