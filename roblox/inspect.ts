import { createRedactor } from "./redact.js";

const redact = createRedactor(undefined);
const maxLength = 80;

/** Formats a value for an error message. A token in the wrong place stays hidden. */
export function inspect(value: unknown): string {
	if (value === undefined) return "nothing";
	if (typeIs(value, "string")) {
		const text = redact(value);
		return text.size() > maxLength ? `"${text.sub(1, maxLength)}…"` : `"${text}"`;
	}
	if (typeIs(value, "number") || typeIs(value, "boolean")) return tostring(value);
	return `a ${typeOf(value)}`;
}
