import type { IncomingHttpHeaders } from "node:http";
import { limits } from "../../shared/limits.js";
import { invalid, type Problem } from "../core/problem.js";

const printable = new RegExp(`^[\\x20-\\x7e]{1,${limits.idempotencyKeyLength}}$`);

/** The Idempotency-Key of a request, draft-ietf-httpapi-idempotency-key-header; undefined if it has none. */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | Problem | undefined {
	const key = headers["idempotency-key"];
	if (key === undefined) return undefined;
	if (typeof key === "string" && printable.test(key)) return key;
	const message = `must be 1 to ${limits.idempotencyKeyLength} printable ASCII characters`;
	return invalid({ path: "Idempotency-Key", message });
}
