import type { Endpoint, EndpointInput, EndpointOutput } from "../shared/endpoint.js";
import type { Endpoints } from "../shared/endpoints/index.js";
import type { AccountRecord } from "./accounts/account.js";
import type { Author } from "./domain.js";
import type { Admission } from "./keys/gate.js";
import type { Problem } from "./problem.js";

/** What a handler knows of a call besides its input. */
export interface CallContext {
	readonly requestId: string;
	/** The caller's address, in its plain spelling. */
	readonly address: string;
	/** The call's key and place. */
	readonly admission: Admission;
}

/** The context of a management call: who it acts for. */
export interface ManagementContext extends CallContext {
	readonly account: AccountRecord;
	readonly author: Author;
}

/** An answer that is JSON text already, all ASCII: what else is in it is escaped (`asciiJson`). */
export class PreparedJson {
	constructor(readonly text: string) {}
}

/** JSON in ASCII: one byte a character, so that its length is known and writing it is a copy. */
export function asciiJson(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\u0080-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

type ContextOf<E extends Endpoint> = E["caller"] extends "public"
	? Record<string, never>
	: E["caller"] extends "admin"
		? ManagementContext
		: CallContext;

type Answer<E extends Endpoint> = EndpointOutput<E> | Problem | PreparedJson;

/** What an endpoint does: knows neither Express nor a database. Returns or throws a `Problem` to refuse. */
export type Handler<E extends Endpoint> = (
	context: ContextOf<E>,
	input: EndpointInput<E>,
) => Answer<E> | Promise<Answer<E>>;

/** One handler for every endpoint of the contract: the compiler refuses a missing or a surplus one. */
export type Handlers = { readonly [N in keyof Endpoints]: Handler<Endpoints[N]> };
