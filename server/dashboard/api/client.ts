import type { Endpoint, EndpointOutput } from "../../../shared/endpoint.js";
import { signedIn } from "../../../shared/endpoints/records.js";
import { endSession, getSession } from "../../../shared/endpoints/session.js";
import type { Infer, Sendable } from "../../../shared/schema.js";
import {
	type ApiProblem,
	asProblem,
	cookieNotKept,
	problemOf,
	signedOut,
	unreachable,
	unreadable,
} from "./problem.js";

export type SignedIn = Infer<typeof signedIn>;

type Part<E, P extends string> = E extends { readonly [K in P]: infer S } ? Sendable<S> : never;

/** What a call of the endpoint is given, by the contract. */
export type Sent<E> = (E extends { readonly params: unknown }
	? { readonly params: Part<E, "params"> }
	: { readonly params?: undefined }) &
	(E extends { readonly body: unknown }
		? { readonly body: Part<E, "body"> }
		: { readonly body?: undefined }) &
	(E extends { readonly query: unknown }
		? { readonly query?: Part<E, "query"> }
		: { readonly query?: undefined });

/** The same, whatever the endpoint is. */
interface AnySent {
	readonly params?: object;
	readonly query?: object;
	readonly body?: object;
}

export interface CallRules {
	readonly signal?: AbortSignal;
	/** For an endpoint that takes one: the same for every try of the same wish. */
	readonly idempotencyKey?: string;
}

export interface ClientOptions {
	/** What the API's paths begin with: where the page itself is, without a slash at the end. */
	readonly base: string;
	readonly fetch: typeof fetch;
	/** What the server calls itself, `PUBLIC_URL`; absent: it was not told. */
	readonly publicUrl?: string;
	/** The Date header of every answer, as it comes. */
	readonly onDate?: (date: string | null) => void;
	/** Who is signed in, whenever the server has said so. */
	readonly onSignedIn: (session: SignedIn) => void;
	/** The session was ended by this page. */
	readonly onEnded?: () => void;
	/** The session is over: it expired, was ended elsewhere, its cookie is gone, or the account was disabled. */
	readonly onSignedOut: () => void;
}

/** What is answered to an account that may not see something; or to another account than the page believes. */
const notForThisAccount: readonly string[] = ["not_found", "role_missing"];

/**
 * Calls Placelock's API with the browser's session. What is sent and what
 * comes back has the types of the contract; there is no other description.
 *
 * See docs/decisions/0013-dashboard-client-is-the-contract.md
 */
export class ApiClient {
	#session: SignedIn | undefined;
	/** Whether the session ended: until there is another, nothing that needs one is asked. */
	#over = false;
	#asking: Promise<SignedIn | ApiProblem> | undefined;

	constructor(private readonly options: ClientOptions) {}

	/**
	 * Calls an endpoint and resolves with its answer.
	 * @throws {ApiProblem} when it is refused, or no answer comes
	 */
	async call<E extends Endpoint>(
		endpoint: E,
		sent: Sent<E>,
		rules: CallRules = {},
	): Promise<EndpointOutput<E>> {
		const response = await this.#send(endpoint, sent, rules);
		if (response.status === 204) return undefined as never;
		const answer: unknown = await response.json().catch(() => {
			throw unreadable(response.status);
		});
		if (endpoint.response === signedIn) await this.#begun(endpoint, answer as SignedIn);
		return answer as never;
	}

	/** The session was ended by another page of this browser. */
	forget(): void {
		this.#signedOut();
	}

	/** Where a GET can be opened, or downloaded from, by the browser itself. */
	addressOf(endpoint: Endpoint, sent: AnySent): string {
		return this.options.base + pathOf(endpoint, sent) + queryOf(sent.query);
	}

	async #send(endpoint: Endpoint, sent: AnySent, rules: CallRules): Promise<Response> {
		// Pages that stand behind the question to sign in again would go on asking, and be taken for somebody who guesses.
		if (this.#over && endpoint.caller !== "public" && endpoint !== getSession) throw signedOut();
		const used = this.#session;
		const response = await this.#fetch(endpoint, sent, rules);
		if (response.ok) {
			if (endpoint === endSession) this.options.onEnded?.();
			return response;
		}
		const problem = await problemOf(response);
		// Of a page without its cookie the API sees only that no token was sent either.
		if (problem.code === "auth_missing" || problem.code === "session_expired") {
			this.#signedOut();
			throw signedOut(problem);
		}
		if (used === undefined || endpoint === getSession) throw problem;
		if (problem.code === "csrf_failed" && (await this.#isStill(used))) {
			const again = await this.#fetch(endpoint, sent, rules);
			if (again.ok) return again;
			throw await problemOf(again);
		}
		// Whoever signed in in another tab is who was refused: the page finds out before it says so.
		if (notForThisAccount.includes(problem.code)) await this.#ask();
		throw problem;
	}

	/** Whether the account is the same, though the session is another: somebody signed in anew in another tab. */
	async #isStill(used: SignedIn): Promise<boolean> {
		const now = await this.#ask();
		if (!("account" in now)) return false;
		return now.account.id === used.account.id && now.csrfToken !== used.csrfToken;
	}

	/** Who is signed in now. Asked once for all who want to know at the same time. */
	#ask(): Promise<SignedIn | ApiProblem> {
		this.#asking ??= this.call(getSession, {})
			.catch(asProblem)
			.finally(() => {
				this.#asking = undefined;
			});
		return this.#asking;
	}

	/**
	 * The server began a session, or said which there is. A browser that does
	 * not keep the cookie of a new one has none, whatever the server answered.
	 * @throws {ApiProblem} `cookie_not_kept`
	 */
	async #begun(endpoint: Endpoint, session: SignedIn): Promise<void> {
		if (endpoint !== getSession) {
			const kept = await this.#fetch(getSession, {}, {}).catch(() => undefined);
			if (kept !== undefined && (await isSignedOut(kept))) throw cookieNotKept(this.options.publicUrl);
		}
		this.#over = false;
		this.#session = session;
		this.options.onSignedIn(session);
	}

	async #fetch(endpoint: Endpoint, sent: AnySent, rules: CallRules): Promise<Response> {
		const headers = new Headers();
		if (endpoint.method !== "GET" && this.#session !== undefined) {
			headers.set("X-CSRF-Token", this.#session.csrfToken);
		}
		if (rules.idempotencyKey !== undefined) headers.set("Idempotency-Key", rules.idempotencyKey);
		if (sent.body !== undefined) headers.set("Content-Type", "application/json");
		try {
			const response = await this.options.fetch(this.addressOf(endpoint, sent), {
				method: endpoint.method,
				headers,
				body: sent.body === undefined ? undefined : JSON.stringify(sent.body),
				credentials: "same-origin",
				signal: rules.signal,
			});
			this.options.onDate?.(response.headers.get("Date"));
			return response;
		} catch (error) {
			// A call that nobody waits for any more is not a problem to show.
			if (rules.signal?.aborted) throw error;
			throw unreachable();
		}
	}

	#signedOut(): void {
		this.#over = true;
		this.#session = undefined;
		this.options.onSignedOut();
	}
}

async function isSignedOut(response: Response): Promise<boolean> {
	return !response.ok && (await problemOf(response)).code === "session_expired";
}

function pathOf(endpoint: Endpoint, sent: AnySent): string {
	const params = new Map(Object.entries(sent.params ?? {}));
	return endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params.get(name))));
}

function queryOf(query: object | undefined): string {
	const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
	const text = new URLSearchParams(
		given.map(([name, value]): [string, string] => [name, String(value)]),
	).toString();
	return text === "" ? "" : `?${text}`;
}
