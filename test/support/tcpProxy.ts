import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy between a client and a server that a test can break. */
export interface TcpProxy {
	readonly port: number;
	/** Closes all connections and refuses new ones. */
	cut(): void;
	/** Keeps connections open and forwards nothing in either direction, like a peer that is gone. */
	hold(): void;
	/** Forwards what comes from now on; what was held back is lost with its connection. */
	pass(): void;
	close(): Promise<void>;
}

export async function openTcpProxy(host: string, port: number): Promise<TcpProxy> {
	const sockets = new Set<Socket>();
	let mode: "pass" | "hold" | "cut" = "pass";

	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.on("error", () => {});
		socket.once("close", () => sockets.delete(socket));
	};
	const server = createServer((client) => {
		keep(client);
		if (mode === "cut") {
			client.destroy();
			return;
		}
		const upstream = connect(port, host);
		keep(upstream);
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			from.on("data", (data) => {
				if (mode === "pass") to.write(data);
			});
			from.once("close", () => {
				if (mode !== "hold") to.destroy();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const endAll = () => {
		for (const socket of sockets) socket.destroy();
	};

	return {
		port: typeof address === "object" && address !== null ? address.port : 0,
		cut: () => {
			mode = "cut";
			endAll();
		},
		hold: () => {
			mode = "hold";
		},
		pass: () => {
			mode = "pass";
		},
		close: () => {
			endAll();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}
