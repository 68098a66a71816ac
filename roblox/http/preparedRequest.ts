import type { HttpMethod } from "./transport.js";

/** A call ready to be sent, as often as the retry policy says: all but the address and the key. */
export interface Outgoing {
	readonly method: HttpMethod;
	/** Begins with "/"; goes after the address of the server. */
	readonly path: string;
	readonly headers: Map<string, string>;
	readonly body?: string;
	/** Whether sending it twice does no more than sending it once. */
	readonly repeatable: boolean;
}
