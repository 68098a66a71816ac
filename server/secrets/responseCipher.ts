import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { ServerSecrets } from "./token.js";

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts stored responses, because they can contain a token: a stolen database
 * alone does not reveal them. The key is derived from the server secret, so every
 * instance can read what another one stored.
 */
export class ResponseCipher {
	readonly #keys: readonly Buffer[];

	constructor({ current, retired }: ServerSecrets) {
		this.#keys = [current, ...retired].map((secret) =>
			Buffer.from(hkdfSync("sha256", secret, "", "placelock kept answers", 32)),
		);
	}

	/** `id`: of the record; what is encrypted for one ID cannot be decrypted for another. */
	encrypt(id: string, text: string): Buffer {
		const [key = Buffer.alloc(0)] = this.#keys;
		const nonce = randomBytes(nonceLength);
		const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(id));
		const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
		return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
	}

	/** Undefined when no secret of this server decrypts it. */
	decrypt(id: string, sealed: Buffer): string | undefined {
		for (const key of this.#keys) {
			const text = decryptWith(key, id, sealed);
			if (text !== undefined) return text;
		}
		return undefined;
	}
}

function decryptWith(key: Buffer, id: string, sealed: Buffer): string | undefined {
	const nonce = sealed.subarray(0, nonceLength);
	const tag = sealed.subarray(nonceLength, nonceLength + tagLength);
	try {
		const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
		decipher.setAAD(Buffer.from(id)).setAuthTag(tag);
		const text = [decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()];
		return Buffer.concat(text).toString("utf8");
	} catch {
		// Encrypted under another secret, or damaged: GCM does not tell which.
		return undefined;
	}
}
