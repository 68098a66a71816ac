import { createHash } from "node:crypto";
import { randomBase62 } from "../primitives/base62.js";

/** 43 base62 characters: 256 bits, so that guessing is hopeless and storing a plain digest is safe. */
const codeLength = 43;

/** The secret of a session or a one-time link, and the digest that the store keeps. */
export function newSecretCode(): { readonly code: string; readonly digest: Buffer } {
	const code = randomBase62(codeLength);
	return { code, digest: digestOfCode(code) };
}

export function digestOfCode(code: string): Buffer {
	return createHash("sha256").update(code).digest();
}
