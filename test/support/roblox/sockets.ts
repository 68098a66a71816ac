import { lookup as lookUpAddress } from "node:dns";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { brotliDecompressSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";

/**
 * Sends a request as Roblox's engine does after its checks: opens a real socket, adds
 * the platform's own headers, follows redirects, decompresses the response, and names
 * errors as Enum.HttpError does. Bodies are byte strings: one character per byte.
 */
export interface OutgoingRequest {
	readonly id: number;
	readonly method: string;
	readonly url: string;
	readonly headers: ReadonlyArray<readonly [string, string]>;
	readonly body: string;
	readonly compress: boolean;
}

interface RobloxResponse {
	readonly Success: boolean;
	readonly StatusCode: number;
	readonly StatusMessage: string;
	readonly Headers: Record<string, string>;
	readonly Body: string;
}

export type Outcome = { response: RobloxResponse } | { error: string };

export interface Platform {
	readonly robloxId: string;
	readonly userAgent: string;
	/** Host names and their addresses: `{ "keys.example.com": "127.0.0.1" }`. Any other name except localhost does not resolve. */
	readonly hosts: Readonly<Record<string, string>>;
}

const maxRedirects = 16;

/** Sends the request. `signal` aborts it. Never rejects. */
export async function send(
	request: OutgoingRequest,
	platform: Platform,
	signal: AbortSignal,
): Promise<Outcome> {
	const payload = Buffer.from(request.body, "latin1");
	let hop: Hop = {
		url: new URL(request.url),
		method: request.method,
		body: request.compress && payload.length > 0 ? gzipSync(payload) : payload,
		headers: requestHeaders(request, platform, payload.length > 0),
	};
	try {
		for (let redirects = 0; redirects <= maxRedirects; redirects++) {
			const received = await exchange(hop, platform, signal);
			const location = received.message.headers.location;
			if (![301, 302, 303, 307, 308].includes(received.message.statusCode ?? 0) || location === undefined) {
				return { response: toRobloxResponse(received) };
			}
			const next = redirectTarget(hop, received.message.statusCode ?? 0, location);
			if (next === undefined) return { error: "HttpError: InvalidRedirect" };
			hop = next;
		}
		return { error: "HttpError: TooManyRedirects" };
	} catch (error) {
		return { error: `HttpError: ${httpErrorOf(error)}` };
	}
}

interface Hop {
	url: URL;
	method: string;
	body: Buffer;
	headers: Record<string, string>;
}

interface ReceivedResponse {
	readonly message: IncomingMessage;
	readonly body: Buffer;
}

function requestHeaders(
	request: OutgoingRequest,
	platform: Platform,
	hasBody: boolean,
): Record<string, string> {
	return {
		Accept: "*/*",
		"Accept-Encoding": "gzip, deflate",
		"Cache-Control": "no-cache",
		...(request.compress && hasBody ? { "Content-Encoding": "gzip" } : {}),
		...Object.fromEntries(request.headers),
		"User-Agent": platform.userAgent,
		"Roblox-Id": platform.robloxId,
	};
}

function exchange(hop: Hop, platform: Platform, signal: AbortSignal): Promise<ReceivedResponse> {
	return new Promise((resolve, reject) => {
		const open = hop.url.protocol === "https:" ? requestTls : requestPlain;
		const hasBody = hop.body.length > 0 || !["GET", "HEAD"].includes(hop.method);
		const outgoing = open(
			hop.url,
			{
				method: hop.method,
				headers: { ...hop.headers, ...(hasBody ? { "Content-Length": String(hop.body.length) } : {}) },
				agent: false,
				signal,
				lookup: (name, options, callback) => {
					const address = platform.hosts[name] ?? (name === "localhost" ? name : undefined);
					if (address !== undefined) lookUpAddress(address, options, callback);
					else callback(Object.assign(new Error(`no address for ${name}`), { code: "ENOTFOUND" }), "", 4);
				},
			},
			(message) => {
				const chunks: Buffer[] = [];
				message.on("data", (chunk: Buffer) => chunks.push(chunk));
				message.on("error", reject);
				message.on("end", () => resolve({ message, body: Buffer.concat(chunks) }));
			},
		);
		outgoing.on("error", reject);
		outgoing.end(hop.body);
	});
}

/** The next request after a redirect, as in browsers and curl: 303, and 301 or 302 after a POST, become GET. */
function redirectTarget(hop: Hop, status: number, location: string): Hop | undefined {
	if (!URL.canParse(location, hop.url.href)) return undefined;
	const url = new URL(location, hop.url);
	if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
	const becomesGet =
		(status === 303 && hop.method !== "HEAD") ||
		((status === 301 || status === 302) && hop.method === "POST");
	const headers = Object.entries(hop.headers).filter(
		([name]) => url.origin === hop.url.origin || name.toLowerCase() !== "authorization",
	);
	return {
		url,
		method: becomesGet ? "GET" : hop.method,
		body: becomesGet ? Buffer.alloc(0) : hop.body,
		headers: Object.fromEntries(headers.filter(([name]) => !becomesGet || !/^content-/i.test(name))),
	};
}

function toRobloxResponse({ message, body }: ReceivedResponse): RobloxResponse {
	const status = message.statusCode ?? 0;
	const headers: Record<string, string> = {};
	for (let index = 0; index < message.rawHeaders.length; index += 2) {
		headers[message.rawHeaders[index] ?? ""] = message.rawHeaders[index + 1] ?? "";
	}
	return {
		Success: status >= 200 && status < 300,
		StatusCode: status,
		StatusMessage: message.statusMessage ?? "",
		Headers: headers,
		Body: decompress(body, message.headers["content-encoding"]).toString("latin1"),
	};
}

function decompress(body: Buffer, encoding: string | undefined): Buffer {
	if (body.length === 0) return body;
	if (encoding === "gzip") return gunzipSync(body);
	if (encoding === "deflate") return inflateSync(body);
	if (encoding === "br") return brotliDecompressSync(body);
	return body;
}

/** The name in Enum.HttpError for an error of Node's sockets. */
function httpErrorOf(error: unknown): string {
	const code = String((error as { code?: unknown }).code ?? "");
	if (["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "ENODATA"].includes(code)) return "DnsResolve";
	if (["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"].includes(code)) return "ConnectFail";
	if (code === "ETIMEDOUT") return "Timedout";
	if (code === "ABORT_ERR") return "Aborted";
	if (code === "ECONNRESET" || code === "EPIPE") return "ConnectionClosed";
	if (code.startsWith("HPE_") || code.startsWith("Z_")) return "ServerProtocolError";
	if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return "SslVerificationFail";
	if (/SSL|TLS|EPROTO/.test(code)) return "SslConnectFail";
	return "NetFail";
}
