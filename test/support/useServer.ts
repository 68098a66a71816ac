import { type ServerOptions, startServer, type TestServer } from "./server.js";

/** Options of `startServer`, or a function that returns them when the server starts. */
type LateOptions = ServerOptions | (() => ServerOptions);

/**
 * A server for all tests of a file or `describe`: starts before them and closes
 * after them.
 *
 * ```ts
 * const server = useServer({ clock });
 * it("responds", async () => expect((await server.call("GET", "/livez")).status).toBe(200));
 * ```
 *
 * It exists inside tests and hooks only. Put hooks that need it after this call,
 * and those that clean up what it uses as well: hooks run in order.
 */
export function useServer(options: LateOptions = {}): TestServer {
	const server = lateServer(options);
	beforeAll(server.start);
	afterAll(server.close);
	return server.proxy;
}

/** The same, with a new server for every test. */
export function useServerPerTest(options: LateOptions = {}): TestServer {
	const server = lateServer(options);
	beforeEach(server.start);
	afterEach(server.close);
	return server.proxy;
}

function lateServer(options: LateOptions) {
	let running: TestServer | undefined;
	return {
		start: async () => {
			running = await startServer(typeof options === "function" ? options() : options);
		},
		close: async () => {
			await running?.close();
			running = undefined;
		},
		proxy: new Proxy({} as TestServer, {
			get(_target, name) {
				if (running === undefined) throw new Error("the server is used before it starts or after it closed");
				return Reflect.get(running, name);
			},
		}),
	};
}
