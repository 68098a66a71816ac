import type { Answer, ReceivedRequest } from "../support/faultServer.js";

/** What Placelock's server says, for a fault server to say it. */

export const verifiedBody = {
	workspace: { id: "wsp_1", name: "Harbour" },
	key: { id: "key_1", name: "live", scopes: ["bans.read"] },
	place: { id: "123456", name: "Lobby", proof: "header" },
	cacheSeconds: 60,
	serverTime: "2026-03-01T12:00:00Z",
};

/** The server's yes, with some of it changed. */
export function yes(changes: Partial<typeof verifiedBody> | { key: object } = {}): Answer {
	return { status: 200, body: { ...verifiedBody, ...changes } };
}

/** The server's no, as RFC 9457 writes it. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Answer {
	return {
		status,
		body: { type: "about:blank", status, code, detail: `This is ${code}.`, requestId: "req_1" },
		headers: { "content-type": "application/problem+json", ...headers },
	};
}

/** The JSON a request carried. */
export function bodyOf(request: ReceivedRequest | undefined): unknown {
	const text = request?.raw.toString("utf8") ?? "";
	return text === "" ? undefined : JSON.parse(text);
}
