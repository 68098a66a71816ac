import fc from "fast-check";
import { errors } from "../../../shared/errors.js";
import { type Modules, openModules } from "../modules.js";

interface CallError {
	kind: string;
	code: string;
	message: string;
	status: number;
	requestId?: string;
	retryAfterSeconds?: number;
}

const kindOf = (status: number): string => {
	if (status === 401 || status === 403) return "denied";
	if (status === 408) return "network";
	if (status === 429) return "limited";
	return status >= 500 ? "server" : "invalid";
};

describe("a response that is not a success", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const failureFrom = async (status: number, body: unknown, headers: Record<string, string> = {}) =>
		(await modules.run(
			`local json = use("http/json").createJson(game:GetService("HttpService"))
			local response = { status = input.status, headers = input.headers, body = input.body }
			return use("http/response").failureFromResponse(response, json, 0).error`,
			{ status, headers, body: typeof body === "string" ? body : JSON.stringify(body) },
		)) as CallError;

	test.each(Object.entries(errors))("with %s has the catalogue's kind and fix", async (code, entry) => {
		const error = await failureFrom(entry.status, { code, status: entry.status, detail: "What happened" });
		expect(error).toMatchObject({ code, kind: kindOf(entry.status), status: entry.status });
		expect(error.message).toBe(`What happened. ${entry.fix}`);
	});

	test("without a detail has the catalogue's title", async () => {
		const { message } = await failureFrom(401, { code: "key_revoked" });
		expect(message).toBe(`${errors.key_revoked.title}. ${errors.key_revoked.fix}`);
	});

	test("lists the first three invalid fields of a validation", async () => {
		const listed = ["a", "b", "c", "d"].map((path) => ({ path, message: "must be a text" }));
		const { message } = await failureFrom(400, {
			code: "validation_failed",
			detail: "Wrong fields.",
			errors: listed,
		});
		expect(message).toContain("a: must be a text; b: must be a text; c: must be a text");
		expect(message).not.toContain("d: ");
	});

	test.each([
		[401, "denied"],
		[403, "denied"],
		[404, "invalid"],
		[408, "network"],
		[418, "invalid"],
		[429, "limited"],
		[500, "server"],
		[599, "server"],
		[304, "protocol"],
		[302, "protocol"],
	])("with status %i and an unknown code has kind %s", async (status, kind) => {
		expect(await failureFrom(status, { code: "made_up_later", detail: "Oh" })).toMatchObject({
			code: "made_up_later",
			kind,
			status,
		});
	});

	test("without a problem document gets a code from its status", async () => {
		for (const body of [
			"<html>Bad gateway</html>",
			"",
			"[]",
			"null",
			'"text"',
			'{"code":7}',
			'{"code":"a b"}',
		]) {
			expect(await failureFrom(502, body)).toMatchObject({ kind: "server", code: "http_502", status: 502 });
		}
	});

	test("keeps the request ID, from the document or else from the header in any spelling", async () => {
		expect(
			(await failureFrom(500, { code: "internal", requestId: "r1" }, { "x-request-id": "r2" })).requestId,
		).toBe("r1");
		expect((await failureFrom(500, "", { "X-REQUEST-ID": "r2" })).requestId).toBe("r2");
	});

	test.each(["Retry-After", "retry-after", "RETRY-AFTER"])("keeps %s in any spelling", async (name) => {
		expect((await failureFrom(503, "", { [name]: "7" })).retryAfterSeconds).toBe(7);
	});

	test("with any content becomes a failure", async () => {
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 300, max: 599 }), async (body, status) => {
				const error = await failureFrom(status, {
					code: "internal",
					errors: body,
					detail: body,
					requestId: body,
				});
				expect(error.status).toBe(status);
				expect(typeof error.message).toBe("string");
			}),
			{ numRuns: 100 },
		);
	});
});
