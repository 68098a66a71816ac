import type { HttpMethod } from "./transport.js";

/** A request without the server's address and the key, which are added to each attempt. */
export interface PreparedRequest {
	readonly method: HttpMethod;
	/** Starts with "/"; appended to the server's address. */
	readonly path: string;
	readonly headers: Map<string, string>;
	readonly body?: string;
	/** Whether sending it twice has the same effect as sending it once. */
	readonly repeatable: boolean;
}
