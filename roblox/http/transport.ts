/** A request as it is sent. Only the Authorization header may hold a Secret. */
export interface HttpRequest {
	readonly method: HttpMethod;
	readonly url: string;
	readonly headers: Map<string, string | Secret>;
	readonly body?: string;
	/** Whole seconds. */
	readonly timeoutSeconds: number;
}

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A response of any status. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: string;
}

/** Sends one request and yields until there is a response or Roblox throws. Never throws. */
export type Transport = (request: HttpRequest) => TransportOutcome;

export type TransportOutcome = { readonly response: HttpResponse } | { readonly thrown: string };

/**
 * The only place that sends a request. It uses RequestAsync because GetAsync and
 * PostAsync throw for a status such as 404, and the error hides the response.
 */
export function createTransport(http: HttpService): Transport {
	return (request) => {
		const [sent, outcome] = pcall(() =>
			http.RequestAsync({
				Url: request.url,
				Method: request.method,
				Headers: request.headers,
				Body: request.body,
				Timeout: request.timeoutSeconds,
			}),
		);
		if (!sent) return { thrown: tostring(outcome) };
		const { StatusCode, Headers, Body } = outcome as RequestAsyncResponse;
		return { response: { status: StatusCode, headers: Headers, body: Body } };
	};
}
