import { type ErrorCode, errors } from "@shared/errors.js";
import { isRetryable } from "@shared/retryable.js";

/** One invalid field of a request: its path, as `rateLimit.limit`, and what is wrong with it. */
export interface FieldError {
	readonly path: string;
	readonly message: string;
}

/**
 * Why a request failed. The code is one of the error catalogue's or the page's own:
 * `unreachable` (no response), `unreadable` (a response that is not Placelock's, such
 * as a proxy's page), `cookie_not_kept` (signed in, but the browser discarded the
 * session).
 */
export class ApiProblem extends Error {
	override readonly name = "ApiProblem";

	constructor(
		readonly details: {
			readonly code: ErrorCode | "unreachable" | "unreadable" | "cookie_not_kept";
			/** The HTTP status; absent without a response. */
			readonly status?: number;
			readonly title: string;
			readonly detail?: string;
			/** What to do about it. */
			readonly fix: string;
			readonly errors?: readonly FieldError[];
			readonly requestId?: string;
			/** How long to wait before retrying, if the server says. */
			readonly retryAfterSeconds?: number;
		},
	) {
		super(details.detail ?? details.title);
	}

	get code() {
		return this.details.code;
	}

	/** Whether the same request can succeed later without any change. */
	get isTransient(): boolean {
		const { code, status } = this.details;
		if (code === "unreachable" || code === "unreadable") return true;
		return status !== undefined && isRetryable(status, code);
	}
}

/** No response: the network or the server is down. */
export function unreachable(): ApiProblem {
	return new ApiProblem({
		code: "unreachable",
		title: "The server cannot be reached",
		fix: "Check your connection and that the server is running.",
	});
}

/** Nobody is signed in. `response`: the error the server returned, whose request ID is kept. */
export function signedOut(response?: ApiProblem): ApiProblem {
	const { status, title, fix } = errors.session_expired;
	return new ApiProblem({
		code: "session_expired",
		status,
		title,
		fix,
		requestId: response?.details.requestId,
	});
}

/**
 * Signing in succeeded, but the browser discarded the session cookie. `publicUrl`: the
 * server's, if it has one.
 */
export function cookieNotKept(publicUrl: string | undefined): ApiProblem {
	const title = "Your browser did not keep the session";
	if (publicUrl === undefined || !publicUrl.startsWith("https:")) {
		return new ApiProblem({
			code: "cookie_not_kept",
			title,
			detail: "Your username and password are correct, but your browser discarded the session cookie.",
			fix: "Allow cookies for this site in your browser's settings, then sign in again.",
		});
	}
	return new ApiProblem({
		code: "cookie_not_kept",
		title,
		detail:
			"Your username and password are correct, but this server is set up for https (PUBLIC_URL), and browsers keep its session cookie only over https.",
		fix: `Open ${publicUrl} instead, or change PUBLIC_URL on the server.`,
	});
}

/** Reads an error response. */
export async function problemOf(response: Response): Promise<ApiProblem> {
	const body = await response.json().catch(() => undefined);
	const { status } = response;
	if (!isProblemBody(body)) return unreadable(status);
	const { code, title, detail, fix, errors, requestId } = body;
	const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
	const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
	return new ApiProblem({ code, status, title, detail, fix, errors, requestId, retryAfterSeconds });
}

/** A response from something between the page and the server. */
export function unreadable(status: number): ApiProblem {
	return new ApiProblem({
		code: "unreadable",
		status,
		title: "Unexpected response",
		detail: `Status ${status}. Something between this page and the server responded in its place.`,
		fix: "Try again. If it keeps happening, check the proxy in front of the server.",
	});
}

interface ProblemBody {
	readonly code: ErrorCode;
	readonly title: string;
	readonly detail?: string;
	readonly fix: string;
	readonly errors?: readonly FieldError[];
	readonly requestId?: string;
}

function isProblemBody(body: unknown): body is ProblemBody {
	return typeof body === "object" && body !== null && "code" in body && "title" in body && "fix" in body;
}

/** Converts anything thrown into a problem, bugs of the page included. */
export function asProblem(error: unknown): ApiProblem {
	if (error instanceof ApiProblem) return error;
	return new ApiProblem({
		code: "internal",
		title: "Something went wrong on this page",
		detail: error instanceof Error ? error.message : undefined,
		fix: "Reload the page.",
	});
}

/** The problem's messages by field, as forms take them, each a sentence. */
export function fieldErrors(problem: ApiProblem): Record<string, string> {
	const errors = problem.details.errors ?? [];
	return Object.fromEntries(errors.map(({ path, message }) => [path, sentence(message)]));
}

function sentence(message: string): string {
	const text = message.charAt(0).toUpperCase() + message.slice(1);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
