import { validatorOf } from "../../server/http/validators.js";
import type { Endpoint } from "../../shared/endpoint.js";
import type { Json, TestResponse } from "../support/call.js";

/**
 * Demands that an answer is what the contract says of its endpoint: status,
 * headers, every field by its shape and none besides, ids as texts, nothing null.
 */
export function expectContract(endpoint: Endpoint, answer: TestResponse): void {
	expect(answer).toMatchObject({ status: endpoint.status });
	expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
	expect(answer.headers["cache-control"]).toBe("no-store");
	if (endpoint.response === undefined) {
		expect(answer.text).toBe("");
		return;
	}
	const lines = endpoint.format === "json-lines";
	const type = lines ? "application/x-ndjson" : "application/json; charset=utf-8";
	expect(answer.headers["content-type"]).toBe(type);
	expect(answer.text).not.toContain(":null");
	const validator = validatorOf(endpoint.response, { unknownFields: "refuse" });
	for (const value of lines ? linesOf(answer.text) : [answer.body]) {
		const read = validator.safeParse(value);
		expect(read.error?.issues).toBeUndefined();
		// A Roblox id that was answered as a number would have been read as a text.
		expect(read.data).toEqual(value);
	}
}

/** The values of an answer in JSON lines, each of which ends with a newline. */
export function linesOf(text: string): Json[] {
	if (text === "") return [];
	expect(text.endsWith("\n")).toBe(true);
	return text
		.slice(0, -1)
		.split("\n")
		.map((line) => JSON.parse(line));
}
