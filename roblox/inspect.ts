import { createRedactor } from "./redact.js";

const redact = createRedactor(undefined);
const longest = 80;

/** A value as it looks in a message about a mistake. A token that landed in the wrong place stays hidden. */
export function show(value: unknown): string {
	if (value === undefined) return "nothing";
	if (typeIs(value, "string")) {
		const shown = redact(value);
		return shown.size() > longest ? `"${shown.sub(1, longest)}…"` : `"${shown}"`;
	}
	if (typeIs(value, "number") || typeIs(value, "boolean")) return tostring(value);
	return `a ${typeOf(value)}`;
}
