import { randomBytes } from "node:crypto";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The largest multiple of 62 in a byte: bytes from here on are drawn again, so that every digit is equally likely. */
const fairLimit = 248;

/** `length` base62 characters, each equally likely. `random` returns that many unpredictable bytes. */
export function randomBase62(length: number, random: (size: number) => Uint8Array = randomBytes): string {
	let text = "";
	while (text.length < length) {
		for (const byte of random(length - text.length)) {
			if (byte < fairLimit) text += digits[byte % 62];
		}
	}
	return text;
}

/**
 * `length` base62 digits (at most 7) of a digest, least significant first. The
 * digest is taken as one large number, so every digit depends on all of it.
 */
export function digestToBase62(digest: Buffer, length: number): string {
	// The remainder is carried along: with 7 digits it stays far below 2^53.
	const modulus = 62 ** length;
	let number = 0;
	for (const byte of digest) number = (number * 256 + byte) % modulus;
	let text = "";
	for (let i = 0; i < length; i++) {
		text += digits[number % 62];
		number = Math.floor(number / 62);
	}
	return text;
}

export function isBase62(text: string): boolean {
	return /^[0-9A-Za-z]*$/.test(text);
}
