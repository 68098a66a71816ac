import { validatorOf } from "../../server/http/validators.js";
import type { Endpoint } from "../../shared/endpoint.js";
import type { Answer } from "../support/call.js";

/**
 * Demands that an answer is what the contract says of its endpoint: status,
 * headers, every field by its shape and none besides, ids as texts, nothing null.
 */
export function expectContract(endpoint: Endpoint, answer: Answer): void {
	expect(answer).toMatchObject({ status: endpoint.status });
	expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
	expect(answer.headers["cache-control"]).toBe("no-store");
	if (endpoint.response === undefined) {
		expect(answer.text).toBe("");
		return;
	}
	expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
	expect(answer.text).not.toContain(":null");
	const read = validatorOf(endpoint.response, { unknownFields: "refuse" }).safeParse(answer.body);
	expect(read.error?.issues).toBeUndefined();
	// A Roblox id that was answered as a number would have been read as a text.
	expect(read.data).toEqual(answer.body);
}
