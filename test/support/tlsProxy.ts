import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type Certificate, selfSigned } from "./certificate.js";

/** The headers that a proxy adds or replaces. */
export type ProxyHeaders = (request: IncomingMessage, caller: string) => OutgoingHttpHeaders;

/** A reverse proxy from https to a server on this computer. */
export interface TlsProxy {
	readonly port: number;
	/** The certificate that callers must trust; PEM. */
	readonly cert: string;
	close(): Promise<void>;
}

export async function openTlsProxy(options: {
	/** The name in its certificate. */
	readonly name: string;
	/** The server's port. */
	readonly port: number;
	readonly headers: ProxyHeaders;
}): Promise<TlsProxy> {
	const certificate: Certificate = selfSigned(options.name);
	const server = createServer(certificate, (incoming, outgoing) => {
		const caller = (incoming.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
		const headers = { ...incoming.headers, ...options.headers(incoming, caller) };
		const { method, url: path } = incoming;
		const passed = request({ host: "127.0.0.1", port: options.port, method, path, headers, agent: false });
		passed.once("response", (answer) => {
			outgoing.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
			answer.pipe(outgoing);
		});
		passed.once("error", () => outgoing.writeHead(502).end());
		incoming.pipe(passed);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as AddressInfo).port,
		cert: certificate.cert,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}
