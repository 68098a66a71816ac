/** One request as it goes out. Only the Authorization header may hold a Secret. */
export interface HttpRequest {
	readonly method: HttpMethod;
	readonly url: string;
	readonly headers: Map<string, string | Secret>;
	readonly body?: string;
	/** Whole seconds. */
	readonly timeoutSeconds: number;
}

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** An answer of any status. */
export interface Answer {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: string;
}

/** Sends one request and yields until it is answered, or says what Roblox threw. Never throws. */
export type Transport = (request: HttpRequest) => TransportOutcome;

export type TransportOutcome = { readonly answer: Answer } | { readonly thrown: string };

/**
 * The only place that sends anything. RequestAsync rather than GetAsync or
 * PostAsync: those throw for an answer like 404, and what they throw hides it.
 */
export function createTransport(http: HttpService): Transport {
	return (request) => {
		const [sent, response] = pcall(() =>
			http.RequestAsync({
				Url: request.url,
				Method: request.method,
				Headers: request.headers,
				Body: request.body,
				Timeout: request.timeoutSeconds,
			}),
		);
		if (!sent) return { thrown: tostring(response) };
		const answer = response as RequestAsyncResponse;
		return { answer: { status: answer.StatusCode, headers: answer.Headers, body: answer.Body } };
	};
}
