import { show } from "../inspect.js";

/** What is wrong with what a script gave to `verify` or `call`. Types do not reach Luau, and nothing after connect throws. */

/** What is wrong with a table that may hold these fields, to follow the message's beginning; undefined when nothing is. */
function faultOfTable(what: string, value: unknown, fields: readonly string[]): string | undefined {
	if (value === undefined) return undefined;
	const wanted = `${what}: wanted a table with ${fields.join(", ")}`;
	if (!typeIs(value, "table")) return `${wanted}, got ${show(value)}.`;
	for (const [name] of pairs(value as Record<string, unknown>)) {
		if (!fields.includes(name)) return `${wanted}, got one with the field ${show(name)}.`;
	}
	return undefined;
}

export function faultOfVerifyOptions(options: unknown): string | undefined {
	const fault = faultOfTable("options", options, ["fresh"]);
	if (fault !== undefined || options === undefined) return fault;
	const { fresh } = options as { fresh?: unknown };
	if (fresh === undefined || typeIs(fresh, "boolean")) return undefined;
	return `options.fresh: wanted true or false, got ${show(fresh)}.`;
}

function isEndpoint(value: unknown): boolean {
	if (!typeIs(value, "table")) return false;
	const { name, method, path } = value as Record<string, unknown>;
	return typeIs(name, "string") && typeIs(method, "string") && typeIs(path, "string");
}

/** The key goes out as a header, which Roblox would refuse with a line end in it. */
function faultOfIdempotencyKey(key: unknown): string | undefined {
	if (key === undefined) return undefined;
	const wanted = "options.idempotencyKey: wanted a text of 1 to 255 visible ASCII characters";
	if (!typeIs(key, "string")) return `${wanted}, got ${show(key)}.`;
	if (key.size() >= 1 && key.size() <= 255 && key.match("[^!-~]")[0] === undefined) return undefined;
	return `${wanted}, got ${show(key)}.`;
}

export function faultOfCall(endpoint: unknown, input: unknown, options: unknown): string | undefined {
	if (!isEndpoint(endpoint)) {
		const given = typeIs(endpoint, "table") ? "a table that is none" : show(endpoint);
		return `wanted an endpoint, such as Placelock.endpoints.verify, got ${given}. Call it with a colon: placelock:call(endpoint).`;
	}
	const fault =
		faultOfTable("input", input, ["params", "query", "body"]) ??
		faultOfTable("options", options, ["idempotencyKey"]);
	if (fault !== undefined || options === undefined) return fault;
	return faultOfIdempotencyKey((options as { idempotencyKey?: unknown }).idempotencyKey);
}
