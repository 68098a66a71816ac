import fc from "fast-check";
import { errors } from "../../../shared/errors.js";
import { type Modules, openModules } from "../modules.js";

interface Fault {
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

describe("an answer that is not a success", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const judge = async (status: number, body: unknown, headers: Record<string, string> = {}) =>
		(await modules.run(
			`local json = use("http/json").createJson(game:GetService("HttpService"))
			local answer = { status = input.status, headers = input.headers, body = input.body }
			return use("http/response").failureOfAnswer(answer, json, 0).error`,
			{ status, headers, body: typeof body === "string" ? body : JSON.stringify(body) },
		)) as Fault;

	test.each(Object.entries(errors))(
		"under %s has the catalogue's kind and says how to fix it",
		async (code, entry) => {
			const fault = await judge(entry.status, { code, status: entry.status, detail: "What happened" });
			expect(fault).toMatchObject({ code, kind: kindOf(entry.status), status: entry.status });
			expect(fault.message).toBe(`What happened. ${entry.fix}`);
		},
	);

	test("without a detail says the catalogue's title", async () => {
		const { message } = await judge(401, { code: "key_revoked" });
		expect(message).toBe(`${errors.key_revoked.title}. ${errors.key_revoked.fix}`);
	});

	test("lists the first three wrong fields of a validation", async () => {
		const listed = ["a", "b", "c", "d"].map((path) => ({ path, message: "must be a text" }));
		const { message } = await judge(400, {
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
	])("of status %i under a code nobody knows yet is of kind %s", async (status, kind) => {
		expect(await judge(status, { code: "made_up_later", detail: "Oh" })).toMatchObject({
			code: "made_up_later",
			kind,
			status,
		});
	});

	test("without a problem document is named by its status", async () => {
		for (const body of [
			"<html>Bad gateway</html>",
			"",
			"[]",
			"null",
			'"text"',
			'{"code":7}',
			'{"code":"a b"}',
		]) {
			expect(await judge(502, body)).toMatchObject({ kind: "server", code: "http_502", status: 502 });
		}
	});

	test("keeps the request id, from the document or else from the header in any case", async () => {
		expect(
			(await judge(500, { code: "internal", requestId: "r1" }, { "x-request-id": "r2" })).requestId,
		).toBe("r1");
		expect((await judge(500, "", { "X-REQUEST-ID": "r2" })).requestId).toBe("r2");
	});

	test.each(["Retry-After", "retry-after", "RETRY-AFTER"])("keeps %s, whatever its case", async (name) => {
		expect((await judge(503, "", { [name]: "7" })).retryAfterSeconds).toBe(7);
	});

	test("of any content makes an error, and nothing else", async () => {
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 300, max: 599 }), async (body, status) => {
				const fault = await judge(status, { code: "internal", errors: body, detail: body, requestId: body });
				expect(fault.status).toBe(status);
				expect(typeof fault.message).toBe("string");
			}),
			{ numRuns: 100 },
		);
	});
});
