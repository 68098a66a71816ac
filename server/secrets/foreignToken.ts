import { createHmac } from "node:crypto";
import type { ServerSecrets } from "./token.js";

/**
 * Tokens of another system, whose keys were imported: all that is known of one
 * is the SHA-256 of the whole token and how it begins.
 */

/** How every token of ours begins, whatever its kind. */
const ours = "plk_";

/** Characters of a prefix: fewer would let too many made-up tokens ask the database, more would tell of the secret. */
export const prefixLength = { minimum: 3, maximum: 32 } as const;

/** Why no tokens can be imported that begin so; undefined when they can. */
export function prefixProblem(prefix: string): string | undefined {
	const { minimum, maximum } = prefixLength;
	if (!/^[\x21-\x7e]*$/.test(prefix)) return "must be letters, digits and signs of ASCII, without spaces";
	if (prefix.length < minimum || prefix.length > maximum) {
		return `must be ${minimum} to ${maximum} characters long: how the foreign tokens begin`;
	}
	if (ours.startsWith(prefix) || prefix.startsWith(ours))
		return `must not be how Placelock's own tokens begin, ${ours}`;
	return undefined;
}

/**
 * What the store holds of a foreign token: HMAC-SHA256 of its SHA-256 under the
 * server secret, so that neither the stolen database nor the other system's
 * list of digests alone tells whether a guess is right.
 *
 * See docs/decisions/0042-imported-keys.md
 */
export function foreignDigest(sha256: Buffer, secret: string): Buffer {
	return createHmac("sha256", secret).update("foreign token:").update(sha256).digest();
}

/** The same under every secret of this server, the one that signs first. */
export function foreignDigests(sha256: Buffer, { current, retired }: ServerSecrets): Buffer[] {
	return [current, ...retired].map((secret) => foreignDigest(sha256, secret));
}

/** How imported tokens begin: what else comes along costs no read. */
export class ForeignPrefixes {
	readonly #prefixes: ReadonlySet<string>;
	readonly #lengths: readonly number[];

	constructor(prefixes: readonly string[]) {
		this.#prefixes = new Set(prefixes);
		this.#lengths = [...new Set(prefixes.map(({ length }) => length))];
	}

	/** Whether the token may be an imported one. */
	begin(token: string): boolean {
		return this.#lengths.some((length) => this.#prefixes.has(token.slice(0, length)));
	}
}

/** Whether a token looks like one of ours: then it is no foreign one. */
export function looksLikeOurs(token: string): boolean {
	return token.startsWith(ours);
}
