import { type ErrorCode, errors } from "@shared/errors.js";

/** One value of a call that was refused: where it is, as `rateLimit.limit`, and what is wrong with it. */
export interface FieldError {
	readonly path: string;
	readonly message: string;
}

/**
 * Why a call was not done. Its code is one of the error catalogue's, or the
 * page's own: `unreachable` (no answer at all), `unreadable` (an answer that is not
 * Placelock's, such as a proxy's page), and `cookie_not_kept` (somebody signed
 * in, and the browser threw the session away).
 */
export class ApiProblem extends Error {
	override readonly name = "ApiProblem";

	constructor(
		readonly details: {
			readonly code: ErrorCode | "unreachable" | "unreadable" | "cookie_not_kept";
			/** The HTTP status; absent without an answer. */
			readonly status?: number;
			readonly title: string;
			readonly detail?: string;
			/** What to do about it. */
			readonly fix: string;
			readonly errors?: readonly FieldError[];
			readonly requestId?: string;
			/** How long to wait before trying again, when the server says. */
			readonly retryAfterSeconds?: number;
		},
	) {
		super(details.detail ?? details.title);
	}

	get code() {
		return this.details.code;
	}

	/** Whether the same call can succeed later, without anything being changed. */
	get isTransient(): boolean {
		return ["unreachable", "unreadable", "unavailable", "internal"].includes(this.code);
	}
}

/** No answer came: the network, or the server, is away. */
export function unreachable(): ApiProblem {
	return new ApiProblem({
		code: "unreachable",
		title: "The server cannot be reached",
		fix: "Check your connection, and whether the server runs.",
	});
}

/** Nobody is signed in. `given`: what the server said, whose request can be looked up. */
export function signedOut(given?: ApiProblem): ApiProblem {
	const { status, title, fix } = errors.session_expired;
	return new ApiProblem({ code: "session_expired", status, title, fix, requestId: given?.details.requestId });
}

/** Somebody signed in, and the browser did not keep the session's cookie. `publicUrl`: the server's, when it was told. */
export function cookieNotKept(publicUrl: string | undefined): ApiProblem {
	const title = "The browser did not keep the sign-in";
	if (publicUrl === undefined || !publicUrl.startsWith("https:")) {
		return new ApiProblem({
			code: "cookie_not_kept",
			title,
			detail: "Name and password are right, but the browser threw the session's cookie away.",
			fix: "Allow cookies for this page in the browser's settings, and sign in again.",
		});
	}
	return new ApiProblem({
		code: "cookie_not_kept",
		title,
		detail:
			"Name and password are right, but this server is set up for https (PUBLIC_URL), and a browser keeps its cookie only behind https.",
		fix: `Open ${publicUrl} instead, or change PUBLIC_URL on the server.`,
	});
}

/** Reads an answer that says no. */
export async function problemOf(response: Response): Promise<ApiProblem> {
	const body = await response.json().catch(() => undefined);
	const { status } = response;
	if (!isProblemBody(body)) return unreadable(status);
	const { code, title, detail, fix, errors, requestId } = body;
	const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
	const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
	return new ApiProblem({ code, status, title, detail, fix, errors, requestId, retryAfterSeconds });
}

/** An answer of something that stands between the page and the server. */
export function unreadable(status: number): ApiProblem {
	return new ApiProblem({
		code: "unreadable",
		status,
		title: "The answer is not one of Placelock's",
		detail: `Status ${status}. Something between this page and the server answered instead of it.`,
		fix: "Try again. If it stays, look at the proxy in front of the server.",
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

/** What went wrong, whatever was thrown: a bug in the page is one as well. */
export function asProblem(error: unknown): ApiProblem {
	if (error instanceof ApiProblem) return error;
	return new ApiProblem({
		code: "internal",
		title: "Something went wrong in this page",
		detail: error instanceof Error ? error.message : undefined,
		fix: "Load the page again.",
	});
}

/** The problem's messages by field, as forms take them; sentences, with the field left out where it is obvious. */
export function fieldErrors(problem: ApiProblem): Record<string, string> {
	const errors = problem.details.errors ?? [];
	return Object.fromEntries(errors.map(({ path, message }) => [path, sentence(message)]));
}

function sentence(message: string): string {
	const text = message.charAt(0).toUpperCase() + message.slice(1);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
