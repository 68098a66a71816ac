import { validatorOf } from "../../server/http/validators.js";
import type { Endpoint } from "../../shared/endpoint.js";
import type { Json, TestResponse } from "../support/call.js";

/**
 * Expects a response to match its endpoint's contract: status, headers, every
 * field by its shape and no others, IDs as text, nothing null.
 */
export function expectContract(endpoint: Endpoint, response: TestResponse): void {
	expect(response).toMatchObject({ status: endpoint.status });
	expect(response.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
	expect(response.headers["cache-control"]).toBe("no-store");
	if (endpoint.response === undefined) {
		expect(response.text).toBe("");
		return;
	}
	const lines = endpoint.format === "json-lines";
	const type = lines ? "application/x-ndjson" : "application/json; charset=utf-8";
	expect(response.headers["content-type"]).toBe(type);
	expect(response.text).not.toContain(":null");
	const validator = validatorOf(endpoint.response, { unknownFields: "reject" });
	for (const value of lines ? linesOf(response.text) : [response.body]) {
		const read = validator.safeParse(value);
		expect(read.error?.issues).toBeUndefined();
		// A Roblox ID returned as a number would have been converted to text.
		expect(read.data).toEqual(value);
	}
}

/** The values of a JSON lines response, in which every line ends with a newline. */
export function linesOf(text: string): Json[] {
	if (text === "") return [];
	expect(text.endsWith("\n")).toBe(true);
	return text
		.slice(0, -1)
		.split("\n")
		.map((line) => JSON.parse(line));
}
