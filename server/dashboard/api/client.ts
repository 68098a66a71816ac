import type { Endpoint, EndpointOutput } from "@shared/endpoint.js";
import { signedIn } from "@shared/endpoints/records.js";
import { endSession, getSession } from "@shared/endpoints/session.js";
import type { Infer, Sendable } from "@shared/schema.js";
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

/** What an endpoint is called with, by the contract. */
export type Input<E> = (E extends { readonly params: unknown }
	? { readonly params: Part<E, "params"> }
	: { readonly params?: undefined }) &
	(E extends { readonly body: unknown }
		? { readonly body: Part<E, "body"> }
		: { readonly body?: undefined }) &
	(E extends { readonly query: unknown }
		? { readonly query?: Part<E, "query"> }
		: { readonly query?: undefined });

/** The input of any endpoint. */
interface AnyInput {
	readonly params?: object;
	readonly query?: object;
	readonly body?: object;
}

export interface CallOptions {
	readonly signal?: AbortSignal;
	/** For endpoints that accept one: the same for every attempt at the same change. */
	readonly idempotencyKey?: string;
}

interface ClientOptions {
	/** The prefix of the API's paths: the page's base path, without a trailing slash. */
	readonly base: string;
	readonly fetch: typeof fetch;
	/** The server's `PUBLIC_URL`, if it has one. */
	readonly publicUrl?: string;
	/** Called with the Date header of every response. */
	readonly onDate?: (date: string | null) => void;
	/** Called with the session whenever the server returns it. */
	readonly onSignedIn: (session: SignedIn) => void;
	/** This page signed out. */
	readonly onEnded?: () => void;
	/** The session has ended: it expired, was ended elsewhere, lost its cookie, or its account was disabled. */
	readonly onSignedOut: () => void;
}

/**
 * What an account without access gets; also when the browser is signed in to another
 * account than the page shows.
 */
const notForThisAccount: readonly string[] = ["not_found", "role_missing"];

/**
 * Calls Placelock's API with the browser's session. Inputs and outputs are typed by the contract.
 *
 * See docs/decisions/0013-dashboard-client-is-the-contract.md
 */
export class ApiClient {
	#session: SignedIn | undefined;
	/** While true, requests that need a session are not sent. */
	#sessionEnded = false;
	#sessionRequest: Promise<SignedIn | ApiProblem> | undefined;

	constructor(private readonly options: ClientOptions) {}

	/**
	 * Calls an endpoint and resolves with its output.
	 * @throws {ApiProblem} if the server returns an error, or does not respond
	 */
	async call<E extends Endpoint>(
		endpoint: E,
		input: Input<E>,
		callOptions: CallOptions = {},
	): Promise<EndpointOutput<E>> {
		const response = await this.#send(endpoint, input, callOptions);
		if (response.status === 204) return undefined as never;
		const output: unknown = await response.json().catch(() => {
			throw unreadable(response.status);
		});
		if (endpoint.response === signedIn) await this.#startSession(endpoint, output as SignedIn);
		return output as never;
	}

	/** Another tab of this browser signed out. */
	clearSession(): void {
		this.#endSession();
	}

	/** The URL of a GET, for the browser to open or download. */
	addressOf(endpoint: Endpoint, input: AnyInput): string {
		return this.options.base + pathOf(endpoint, input) + queryOf(input.query);
	}

	async #send(endpoint: Endpoint, input: AnyInput, callOptions: CallOptions): Promise<Response> {
		// Pages behind the sign-in dialog keep polling. The server would count that as failed attempts.
		if (this.#sessionEnded && endpoint.caller !== "public" && endpoint !== getSession) throw signedOut();
		const session = this.#session;
		const response = await this.#fetch(endpoint, input, callOptions);
		if (response.ok) {
			if (endpoint === endSession) this.options.onEnded?.();
			return response;
		}
		const problem = await problemOf(response);
		// Without its cookie, a request looks to the API as if it carried no token at all.
		if (problem.code === "auth_missing" || problem.code === "session_expired") {
			this.#endSession();
			throw signedOut(problem);
		}
		if (session === undefined || endpoint === getSession) throw problem;
		if (problem.code === "csrf_failed" && (await this.#isSameAccount(session))) {
			const retried = await this.#fetch(endpoint, input, callOptions);
			if (retried.ok) return retried;
			throw await problemOf(retried);
		}
		// Someone may have signed in in another tab: refresh the session before reporting the error.
		if (notForThisAccount.includes(problem.code)) await this.#fetchSession();
		throw problem;
	}

	/** Whether the same account has a new session: its owner signed in again in another tab. */
	async #isSameAccount(session: SignedIn): Promise<boolean> {
		const current = await this.#fetchSession();
		if (!("account" in current)) return false;
		return current.account.id === session.account.id && current.csrfToken !== session.csrfToken;
	}

	/** Fetches the current session. Concurrent callers share one request. */
	#fetchSession(): Promise<SignedIn | ApiProblem> {
		this.#sessionRequest ??= this.call(getSession, {})
			.catch(asProblem)
			.finally(() => {
				this.#sessionRequest = undefined;
			});
		return this.#sessionRequest;
	}

	/**
	 * Stores a session the server created or returned. If the browser discarded the cookie
	 * of a new one, there is no session, whatever the server returned.
	 * @throws {ApiProblem} `cookie_not_kept`
	 */
	async #startSession(endpoint: Endpoint, session: SignedIn): Promise<void> {
		if (endpoint !== getSession) {
			const response = await this.#fetch(getSession, {}, {}).catch(() => undefined);
			if (response !== undefined && (await isSignedOut(response)))
				throw cookieNotKept(this.options.publicUrl);
		}
		this.#sessionEnded = false;
		this.#session = session;
		this.options.onSignedIn(session);
	}

	async #fetch(endpoint: Endpoint, input: AnyInput, callOptions: CallOptions): Promise<Response> {
		const headers = new Headers();
		if (endpoint.method !== "GET" && this.#session !== undefined) {
			headers.set("X-CSRF-Token", this.#session.csrfToken);
		}
		if (callOptions.idempotencyKey !== undefined) headers.set("Idempotency-Key", callOptions.idempotencyKey);
		if (input.body !== undefined) headers.set("Content-Type", "application/json");
		try {
			const response = await this.options.fetch(this.addressOf(endpoint, input), {
				method: endpoint.method,
				headers,
				body: input.body === undefined ? undefined : JSON.stringify(input.body),
				credentials: "same-origin",
				signal: callOptions.signal,
			});
			this.options.onDate?.(response.headers.get("Date"));
			return response;
		} catch (error) {
			// Nobody waits for an aborted request, so it is not reported.
			if (callOptions.signal?.aborted) throw error;
			throw unreachable();
		}
	}

	#endSession(): void {
		this.#sessionEnded = true;
		this.#session = undefined;
		this.options.onSignedOut();
	}
}

async function isSignedOut(response: Response): Promise<boolean> {
	return !response.ok && (await problemOf(response)).code === "session_expired";
}

function pathOf(endpoint: Endpoint, input: AnyInput): string {
	const params = new Map(Object.entries(input.params ?? {}));
	return endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params.get(name))));
}

function queryOf(query: object | undefined): string {
	const present = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
	const text = new URLSearchParams(
		present.map(([name, value]): [string, string] => [name, String(value)]),
	).toString();
	return text === "" ? "" : `?${text}`;
}
