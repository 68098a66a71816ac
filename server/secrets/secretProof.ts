import { createHmac, scrypt } from "node:crypto";
import { promisify } from "node:util";

/**
 * Proves to somebody with the same secret that this server has it, without
 * revealing it. Anyone can request a proof, so its key is slow to derive: every
 * guess at the secret costs a derivation.
 *
 * See docs/decisions/0048-doctor-asks-for-proof.md
 */
export async function secretProof(secret: string, challenge: string): Promise<string> {
	return createHmac("sha256", await proofKeyOf(secret))
		.update(challenge)
		.digest("base64url");
}

const derive = promisify<string, string, number, object, Buffer>(scrypt);

/** The keys of this process's secrets, derived once. */
const proofKeys = new Map<string, Promise<Buffer>>();

function proofKeyOf(secret: string): Promise<Buffer> {
	const known = proofKeys.get(secret);
	if (known !== undefined) return known;
	const derived = derive(secret, "placelock secret proof", 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 });
	proofKeys.set(secret, derived);
	derived.catch(() => proofKeys.delete(secret));
	return derived;
}
