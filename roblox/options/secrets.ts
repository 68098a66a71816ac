import { classify, secretMissingMessage } from "../http/robloxErrors.js";
import { type CallResult, failed, succeeded } from "../results.js";

/**
 * A key in one of three forms. `{ secret = "name" }` is a Secret that the module
 * fetches itself: where it is missing, as in a playtest without Local Secrets,
 * calls answer `configuration` instead of the script failing in GetSecret.
 */
export type Key = string | Secret | { readonly secret: string };

/** Longest content of a Secret (Roblox's documentation); no token comes near it. */
const longestKey = 1024;

/** What is wrong with `key`, without ever repeating it; undefined when nothing is. */
export function faultOfKey(key: unknown): string | undefined {
	const wanted = 'a Secret from HttpService:GetSecret, { secret = "its name" }, or the token as a string';
	if (typeOf(key) === "Secret") return undefined;
	if (typeIs(key, "table")) {
		const fields = key as Record<string, unknown>;
		for (const [name] of pairs(fields)) {
			if (name !== "secret") return `wanted ${wanted}, got a table with other fields than secret`;
		}
		return typeIs(fields.secret, "string") && fields.secret !== ""
			? undefined
			: `wanted ${wanted}, got a table without the name of a secret`;
	}
	if (!typeIs(key, "string"))
		return `wanted ${wanted}, got ${key === undefined ? "nothing" : `a ${typeOf(key)}`}`;
	if (key === "") return `wanted ${wanted}, got an empty string`;
	if (key.match("[^!-~]")[0] !== undefined) {
		return `wanted ${wanted}, got a string with spaces, line ends or other characters that no token holds`;
	}
	if (key.size() > longestKey) return `wanted ${wanted}, got a string of ${key.size()} characters`;
	const [kind] = key.match("^plk_(%a+)_") as LuaTuple<[string?]>;
	if (kind === "svc" || kind === "adm") {
		const name = kind === "svc" ? "a service" : "an admin";
		return `wanted a game key, got ${name} key: that one can do more than a game should ever be able to`;
	}
	return undefined;
}

/** The string of the key, for the redactor; a Secret has none that a script could see. */
export function readableKey(key: Key): string | undefined {
	return typeIs(key, "string") ? key : undefined;
}

/**
 * Gives the value of the Authorization header. The key lives in this closure
 * only: a script that prints the connection's table does not find it there.
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
		const fault = classify(tostring(secret));
		const missing = fault.code === "SecretMissing";
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
		const [made, prefixed] = pcall(() => secret.value.AddPrefix("Bearer "));
		if (!made) {
			return failed({
				kind: "configuration",
				code: "SecretUnavailable",
				message: `The secret could not be used: ${tostring(prefixed)}`,
			});
		}
		header = prefixed as Secret;
		return succeeded(header);
	};
}
