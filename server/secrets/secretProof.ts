import { createHmac, scrypt } from "node:crypto";
import { promisify } from "node:util";

/**
 * Shows whoever has the same secret that this server has it, without telling
 * it. Anyone can ask for a proof, so it is made with a key that is slow to
 * derive: who guesses at the secret pays for a derivation each time.
 *
 * See docs/decisions/0048-doctor-asks-for-proof.md
 */
export async function secretProof(secret: string, challenge: string): Promise<string> {
	return createHmac("sha256", await proofKeyOf(secret))
		.update(challenge)
		.digest("base64url");
}

const derive = promisify<string, string, number, object, Buffer>(scrypt);

/** Those of this process, derived once. */
const proofKeys = new Map<string, Promise<Buffer>>();

function proofKeyOf(secret: string): Promise<Buffer> {
	const known = proofKeys.get(secret);
	if (known !== undefined) return known;
	const derived = derive(secret, "placelock secret proof", 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 });
	proofKeys.set(secret, derived);
	derived.catch(() => proofKeys.delete(secret));
	return derived;
}
