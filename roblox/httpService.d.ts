/** An option of HttpService:RequestAsync since February 2026 that @rbxts/types does not have yet. */
interface RequestAsyncRequest {
	/** Whole seconds after which the request fails with `HttpError: TimedOut`. */
	Timeout?: number;
}
