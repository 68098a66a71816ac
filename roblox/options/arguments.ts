import { inspect } from "../inspect.js";

// Checks what a script passes to `verify` and `call`. Types do not reach Luau, and nothing after `connect` throws.

/** What is wrong with an optional table that may have these fields, or undefined. */
function validateTable(name: string, value: unknown, fields: readonly string[]): string | undefined {
	if (value === undefined) return undefined;
	const expected = `${name}: expected a table with ${fields.join(", ")}`;
	if (!typeIs(value, "table")) return `${expected}, got ${inspect(value)}.`;
	for (const [field] of pairs(value as Record<string, unknown>)) {
		if (!fields.includes(field)) return `${expected}, got one with the field ${inspect(field)}.`;
	}
	return undefined;
}

export function validateVerifyOptions(options: unknown): string | undefined {
	const problem = validateTable("options", options, ["fresh"]);
	if (problem !== undefined || options === undefined) return problem;
	const { fresh } = options as { fresh?: unknown };
	if (fresh === undefined || typeIs(fresh, "boolean")) return undefined;
	return `options.fresh: expected true or false, got ${inspect(fresh)}.`;
}

function isEndpoint(value: unknown): boolean {
	if (!typeIs(value, "table")) return false;
	const { name, method, path } = value as Record<string, unknown>;
	return typeIs(name, "string") && typeIs(method, "string") && typeIs(path, "string");
}

export function validateCall(endpoint: unknown, input: unknown): string | undefined {
	if (!isEndpoint(endpoint)) {
		const given = typeIs(endpoint, "table") ? "a table that is not an endpoint" : inspect(endpoint);
		return `expected an endpoint such as Placelock.endpoints.verify, got ${given}. Call it with a colon: placelock:call(endpoint).`;
	}
	return validateTable("input", input, ["params", "query", "body"]);
}
