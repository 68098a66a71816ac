import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyKind } from "../model/key.js";
import { digestToBase62, isBase62, randomBase62 } from "../primitives/base62.js";

/**
 * Tokens: `plk_<kind>_<id><secret><check>`, parsed by length, never by splitting.
 * The check characters are an HMAC under the server secret, so a malformed,
 * truncated or made-up token is denied without a database read.
 */

const prefixes: Readonly<Record<KeyKind, string>> = {
	game: "plk_game_",
	service: "plk_svc_",
	admin: "plk_adm_",
};
const idLength = 12;
const secretLength = 32;
const checkLength = 6;

/** The secrets of this server: the one that signs, and those that did before. */
export interface ServerSecrets {
	readonly current: string;
	readonly retired: readonly string[];
}

/** A token with valid check characters: this server generated it. */
export interface ParsedToken {
	readonly kind: KeyKind;
	readonly keyId: string;
	/** HMAC-SHA256 of the whole token under the secret that signed it: what the store keeps. */
	readonly digest: Buffer;
}

export function newKeyId(): string {
	return randomBase62(idLength);
}

/** The part of a token that lists show: everything before its secret. */
export function tokenStart(kind: KeyKind, keyId: string): string {
	return `${prefixes[kind]}${keyId}`;
}

/**
 * The kinds of key whose token can start with this text, with the start of the
 * key's ID; `secret` when the text also contains part of a token's secret.
 */
export function parseTokenStart(text: string): Array<{ kind: KeyKind; start: string }> | "secret" {
	const starts: Array<{ kind: KeyKind; start: string }> = [];
	for (const kind of ["game", "service", "admin"] as const) {
		const prefix = prefixes[kind];
		if (prefix.startsWith(text)) starts.push({ kind, start: "" });
		else if (text.startsWith(prefix)) {
			if (text.length > prefix.length + idLength) return "secret";
			starts.push({ kind, start: text.slice(prefix.length) });
		}
	}
	return starts;
}

/** Whether the text contains part of a Placelock token's secret anywhere. */
export function containsSecret(text: string): boolean {
	return tokenWithSecret.test(text);
}

const tokenWithSecret = new RegExp(`(?:${Object.values(prefixes).join("|")})[0-9A-Za-z]{${idLength + 1}}`);

/** A new token for the key, and the digest to store. The token must not be stored, logged or shown twice. */
export function generateToken(
	kind: KeyKind,
	keyId: string,
	secrets: ServerSecrets,
): { token: string; digest: Buffer } {
	const body = `${tokenStart(kind, keyId)}${randomBase62(secretLength)}`;
	const token = body + checkOf(body, secrets.current);
	return { token, digest: digestOf(token, secrets.current) };
}

/** Undefined for anything this server did not generate; takes the same time whatever is wrong. */
export function parseToken(token: string, secrets: ServerSecrets): ParsedToken | undefined {
	const kind = kindOf(token);
	const body = token.slice(0, -checkLength);
	const check = Buffer.from(token.slice(-checkLength));
	let signer: string | undefined;
	for (const secret of [secrets.current, ...secrets.retired]) {
		const expected = Buffer.from(checkOf(body, secret));
		if (check.length === expected.length && timingSafeEqual(check, expected)) signer ??= secret;
	}
	const digest = digestOf(token, signer ?? secrets.current);
	if (kind === undefined || signer === undefined) return undefined;
	const idStart = prefixes[kind].length;
	return { kind, keyId: token.slice(idStart, idStart + idLength), digest };
}

/** Constant-time comparison of two stored digests. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
	return a.length === b.length && timingSafeEqual(a, b);
}

function kindOf(token: string): KeyKind | undefined {
	for (const kind of ["game", "service", "admin"] as const) {
		const prefix = prefixes[kind];
		const length = prefix.length + idLength + secretLength + checkLength;
		if (token.length === length && token.startsWith(prefix)) {
			return isBase62(token.slice(prefix.length)) ? kind : undefined;
		}
	}
	return undefined;
}

function checkOf(body: string, secret: string): string {
	return digestToBase62(createHmac("sha256", secret).update("check:").update(body).digest(), checkLength);
}

function digestOf(token: string, secret: string): Buffer {
	return createHmac("sha256", secret).update(token).digest();
}
