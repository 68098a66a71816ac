import { createHmac } from "node:crypto";

/**
 * Identifies a secret without revealing it: a database stores it for the secret it is used with.
 *
 * See docs/decisions/0021-secret-fingerprint.md
 */
export function secretFingerprint(secret: string): string {
	return createHmac("sha256", secret).update("placelock secret mark").digest("base64url");
}
