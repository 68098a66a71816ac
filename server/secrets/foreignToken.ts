import { createHmac } from "node:crypto";
import type { ServerSecrets } from "./token.js";

/**
 * Tokens of another system whose keys were imported. Only the SHA-256 of the
 * whole token and its prefix are known.
 */

/** The start of every Placelock token, of any kind. */
const ownPrefix = "plk_";

/** Characters of a prefix: with fewer, too many made-up tokens would query the database; more would reveal the secret. */
export const prefixLength = { minimum: 3, maximum: 32 } as const;

/** Why tokens with this prefix cannot be imported; undefined when they can. */
export function prefixProblem(prefix: string): string | undefined {
	const { minimum, maximum } = prefixLength;
	if (!/^[\x21-\x7e]*$/.test(prefix)) return "must be ASCII letters, digits and symbols, without spaces";
	if (prefix.length < minimum || prefix.length > maximum) {
		return `must be ${minimum} to ${maximum} characters long: the start of the foreign tokens`;
	}
	if (ownPrefix.startsWith(prefix) || prefix.startsWith(ownPrefix))
		return `must not be the start of Placelock's own tokens, ${ownPrefix}`;
	return undefined;
}

/**
 * What the store keeps of a foreign token: the HMAC-SHA256 of its SHA-256 under
 * the server secret. Neither a stolen database nor the other system's list of
 * digests alone can confirm a guess.
 */
export function foreignDigest(sha256: Buffer, secret: string): Buffer {
	return createHmac("sha256", secret).update("foreign token:").update(sha256).digest();
}

/** The same under every secret of this server, the signing one first. */
export function foreignDigests(sha256: Buffer, { current, retired }: ServerSecrets): Buffer[] {
	return [current, ...retired].map((secret) => foreignDigest(sha256, secret));
}

/** The prefixes of imported tokens: any other token costs no database read. */
export class ForeignPrefixes {
	readonly #prefixes: ReadonlySet<string>;
	readonly #lengths: readonly number[];

	constructor(prefixes: readonly string[]) {
		this.#prefixes = new Set(prefixes);
		this.#lengths = [...new Set(prefixes.map(({ length }) => length))];
	}

	/** Whether the token may be an imported one. */
	match(token: string): boolean {
		return this.#lengths.some((length) => this.#prefixes.has(token.slice(0, length)));
	}
}

/** Whether a token looks like a Placelock token, and so is not a foreign one. */
export function hasOwnPrefix(token: string): boolean {
	return token.startsWith(ownPrefix);
}
