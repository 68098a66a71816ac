import type { Answer, ReceivedRequest } from "../support/faultServer.js";

/** Responses of a Placelock server, for the fault server to return. */

export const verifiedBody = {
	workspace: { id: "wsp_1", name: "Harbour" },
	key: { id: "key_1", name: "live", scopes: ["bans.read"] },
	place: { id: "123456", name: "Lobby", proof: "header" },
	cacheSeconds: 60,
	serverTime: "2026-03-01T12:00:00Z",
};

/** A successful verification, with some fields changed. */
export function verifiedResponse(changes: Partial<typeof verifiedBody> | { key: object } = {}): Answer {
	return { status: 200, body: { ...verifiedBody, ...changes } };
}

/** A problem document (RFC 9457). */
export function problemResponse(status: number, code: string, headers: Record<string, string> = {}): Answer {
	return {
		status,
		body: { type: "about:blank", status, code, detail: `This is ${code}.`, requestId: "req_1" },
		headers: { "content-type": "application/problem+json", ...headers },
	};
}

/** The JSON body of a request. */
export function jsonBody(request: ReceivedRequest | undefined): unknown {
	const text = request?.raw.toString("utf8") ?? "";
	return text === "" ? undefined : JSON.parse(text);
}
