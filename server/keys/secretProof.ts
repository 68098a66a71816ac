import { createHmac } from "node:crypto";

/**
 * Shows whoever has the same secret that this server has it, without telling
 * it. The words before the challenge keep it from being a token, whose HMAC is
 * what the database holds.
 */
export function secretProof(secret: string, challenge: string): string {
	return createHmac("sha256", secret).update(`placelock secret proof ${challenge}`).digest("base64url");
}
