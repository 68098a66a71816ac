import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type AddressList, addressProblem, normalizeAddress } from "../isomorphic/addresses.js";

/**
 * The caller's address: the socket's, unless that is a trusted proxy; then the
 * rightmost address of X-Forwarded-For that is not one. Anyone can write the
 * entries to the left of it.
 */
export function clientAddress(trustedProxies: AddressList): (request: IncomingMessage) => string {
	const peers = new WeakMap<Socket, { readonly address: string; readonly trusted: boolean }>();
	return (request) => {
		let peer = peers.get(request.socket);
		if (peer === undefined) {
			const address = normalizeAddress(request.socket.remoteAddress ?? "");
			peer = { address, trusted: trustedProxies(address) };
			peers.set(request.socket, peer);
		}
		return peer.trusted ? forwardedAddress(request, peer.address, trustedProxies) : peer.address;
	};
}

function forwardedAddress(request: IncomingMessage, peer: string, trustedProxies: AddressList): string {
	const header = request.headers["x-forwarded-for"];
	const hops = (typeof header === "string" ? header : (header ?? []).join(",")).split(",");
	let nearest = peer;
	for (const hop of hops.reverse()) {
		const text = withoutPort(hop.trim());
		if (text === "") break;
		// Not replaced by the proxy's address: an allow-list that contains the proxy must not admit it.
		if (text.includes("/") || addressProblem(text) !== undefined) return "unknown";
		const address = normalizeAddress(text);
		nearest = address;
		if (!trustedProxies(address)) break;
	}
	return nearest;
}

/** Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
	return /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop;
}
