import { createHmac } from "node:crypto";

/**
 * Tells secrets apart without telling them: what a database keeps of the secret it is used with.
 *
 * See docs/decisions/0021-secret-fingerprint.md
 */
export function secretFingerprint(secret: string): string {
	return createHmac("sha256", secret).update("placelock secret mark").digest("base64url");
}
