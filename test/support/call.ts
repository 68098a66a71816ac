import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

export interface CallOptions {
	/** Sent as Authorization: Bearer. */
	readonly token?: string;
	/** Sent as Roblox-Id, as Roblox itself would. */
	readonly robloxId?: string;
	readonly headers?: OutgoingHttpHeaders;
	/** Texts and bytes are sent as they are, anything else as JSON. */
	readonly body?: unknown;
	/** The loopback address to call from. */
	readonly from?: string;
	readonly agent?: Agent;
}

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	/** The body read as JSON; undefined when there is none, or it is something else. */
	readonly body: Json;
}

/** JSON that tests look into: what it holds is theirs to find out, so the compiler is not asked. */
export type Json = any;

/** One HTTP call, over a connection of its own unless an agent is given. */
export function call(
	origin: string,
	method: string,
	path: string,
	options: CallOptions = {},
): Promise<Answer> {
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
