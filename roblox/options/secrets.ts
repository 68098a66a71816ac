import { classifyThrown, secretMissingMessage } from "../http/robloxErrors.js";
import { type CallResult, failed, succeeded } from "../results.js";

/**
 * A key in one of three forms. With `{ secret = "name" }` the module fetches the
 * Secret itself. Where it is missing, as in a playtest without Local Secrets, calls
 * then return `configuration`, and the script does not fail in GetSecret.
 */
export type Key = string | Secret | { readonly secret: string };

/** The most characters a Secret can have (Roblox's documentation). Every token is shorter. */
const maxKeyLength = 1024;

/** What is wrong with `key`, or undefined. Never contains the key. */
export function validateKey(key: unknown): string | undefined {
	const expected =
		'expected a Secret from HttpService:GetSecret, { secret = "its name" }, or the token as a string';
	if (typeOf(key) === "Secret") return undefined;
	if (typeIs(key, "table")) {
		const fields = key as Record<string, unknown>;
		for (const [name] of pairs(fields)) {
			if (name !== "secret") return `${expected}, got a table with fields other than secret`;
		}
		return typeIs(fields.secret, "string") && fields.secret !== ""
			? undefined
			: `${expected}, got a table without the name of a secret`;
	}
	if (!typeIs(key, "string")) {
		return `${expected}, got ${key === undefined ? "nothing" : `a ${typeOf(key)}`}`;
	}
	if (key === "") return `${expected}, got an empty string`;
	if (key.match("[^!-~]")[0] !== undefined) {
		return `${expected}, got a string with spaces, line breaks or other characters that a token cannot have`;
	}
	if (key.size() > maxKeyLength) return `${expected}, got a string of ${key.size()} characters`;
	const [kind] = key.match("^plk_(%a+)_") as LuaTuple<[string?]>;
	if (kind === "svc" || kind === "adm") {
		const name = kind === "svc" ? "a service" : "an admin";
		return `expected a game key, got ${name} key, which can do more than a game should be able to`;
	}
	return undefined;
}

/** The key's text, for the redactor. Undefined for a Secret, which no script can read. */
export function keyText(key: Key): string | undefined {
	return typeIs(key, "string") ? key : undefined;
}

/**
 * Returns a function that provides the value of the Authorization header. The key
 * stays in its closure, so a script that prints the connection's table does not
 * find it.
 */
export function createAuthorization(
	key: Key,
	getSecret: (name: string) => Secret,
): () => CallResult<string | Secret> {
	let header: string | Secret | undefined;

	function fetchSecret(): CallResult<Secret> {
		if (typeOf(key) === "Secret") return succeeded(key as Secret);
		const name = (key as { secret: string }).secret;
		const [found, secret] = pcall(getSecret, name);
		if (found) return succeeded(secret as Secret);
		const missing = classifyThrown(tostring(secret)).code === "SecretMissing";
		return failed({
			kind: "configuration",
			code: missing ? "SecretMissing" : "SecretUnavailable",
			message: missing
				? secretMissingMessage(name)
				: `The secret "${name}" could not be read: ${tostring(secret)}`,
		});
	}

	return () => {
		if (header !== undefined) return succeeded(header);
		if (typeIs(key, "string")) {
			header = `Bearer ${key}`;
			return succeeded(header);
		}
		const secret = fetchSecret();
		if (!secret.ok) return secret;
		const [prefixed, value] = pcall(() => secret.value.AddPrefix("Bearer "));
		if (!prefixed) {
			return failed({
				kind: "configuration",
				code: "SecretUnavailable",
				message: `The secret could not be used: ${tostring(value)}`,
			});
		}
		header = value as Secret;
		return succeeded(header);
	};
}
