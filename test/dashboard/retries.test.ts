import { ApiProblem, unreachable, unreadable } from "../../server/dashboard/api/problem.js";
import { createQueryClient } from "../../server/dashboard/api/queryClient.js";
import { type ErrorCode, errors } from "../../shared/errors.js";

const { retry, retryDelay } = createQueryClient().getDefaultOptions().queries ?? {};
const retries = (failures: number, error: Error) => typeof retry === "function" && retry(failures, error);
const delay = (failures: number, error: Error) =>
	typeof retryDelay === "function" ? retryDelay(failures, error) : undefined;
const problem = (code: ErrorCode, retryAfterSeconds?: number) =>
	new ApiProblem({ ...errors[code], code, retryAfterSeconds });

describe("a query that failed", () => {
	it.each(Object.keys(errors) as ErrorCode[])("is retried after %s if the catalogue says so", (code) => {
		expect(retries(0, problem(code))).toBe(errors[code].retry);
	});

	it("is retried when no response came, or one of something else than Placelock", () => {
		expect(retries(0, unreachable())).toBe(true);
		expect(retries(0, unreadable(502))).toBe(true);
	});

	it("is not retried after a bug of the page", () => {
		expect(retries(0, new TypeError("undefined is not a function"))).toBe(false);
	});

	it("is tried three times in all, with longer pauses, or those the server asks for", () => {
		expect([0, 1, 2].map((failures) => retries(failures, problem("internal")))).toEqual([true, true, false]);
		expect([0, 1].map((failures) => delay(failures, problem("internal")))).toEqual([500, 1_000]);
		expect(delay(0, problem("unavailable", 2))).toBe(2_000);
	});

	it("is not retried when the server asks for a pause nobody would wait for", () => {
		expect(retries(0, problem("unavailable", 10))).toBe(true);
		expect(retries(0, problem("too_many_failures", 11))).toBe(false);
	});
});
