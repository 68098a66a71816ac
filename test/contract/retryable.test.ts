import { errorEntry } from "../../shared/errorEntry.js";
import { errors } from "../../shared/errors.js";
import { isRetryable } from "../../shared/retryable.js";

describe("whether a request can be retried", () => {
	test.each(Object.entries(errors))("is what the catalogue says of %s", (code, { status, retry }) => {
		expect(isRetryable(status, code)).toBe(retry);
	});

	test("is decided by the status for a code that the catalogue does not know", () => {
		expect(errorEntry("made_up_later")).toBeUndefined();
		const retryable = Array.from({ length: 500 }, (_, index) => 100 + index).filter((status) =>
			isRetryable(status, "made_up_later"),
		);
		expect(retryable).toEqual([408, 429, 500, 502, 503, 504]);
		expect(retryable.filter((status) => isRetryable(status))).toEqual(retryable);
	});

	test("is the same by status alone as by code, for every entry of the catalogue", () => {
		for (const { status, retry } of Object.values(errors))
			expect([status, isRetryable(status)]).toEqual([status, retry]);
	});

	test("is decided by the status for a known code under another status, which Placelock did not send", () => {
		expect(isRetryable(503, "key_revoked")).toBe(true);
		expect(isRetryable(400, "internal")).toBe(false);
	});
});
