import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveServerSecrets, SecretMismatch } from "../../server/secrets/resolveServerSecrets.js";
import { secretFingerprint } from "../../server/secrets/secretFingerprint.js";
import type { SecretFingerprintStore } from "../../server/store/store.js";

const [old, next, third] = ["old", "next", "third"].map((name) => `${name} secret`.padEnd(32, "."));
let dataDir: string;
let told: string[];
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), "placelock-agreed-"));
	told = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A database's mark; `meanwhile` is claimed by somebody else just before the first claim. */
function marks(meanwhile?: string): SecretFingerprintStore {
	let stored: string | undefined;
	return {
		current: async () => stored,
		claim: async (mark, instead) => {
			stored = meanwhile ?? stored;
			meanwhile = undefined;
			if (stored !== instead) return false;
			stored = mark;
			return true;
		},
	};
}

const agreed = (store: SecretFingerprintStore, secret?: string, ...retiredSecrets: string[]) =>
	resolveServerSecrets({ dataDir, secret, retiredSecrets }, store, (message) => told.push(message));

it("is a mark that tells nothing of the secret", () => {
	const mac = createHmac("sha256", "a secret").update("placelock secret mark").digest();
	expect(Buffer.from(secretFingerprint("a secret"), "base64url")).toEqual(mac);
});

it("holds everybody to the secret that came first", async () => {
	const store = marks();
	expect(await agreed(store, old)).toEqual({ current: old, retired: [] });
	expect(await agreed(store, old)).toEqual({ current: old, retired: [] });
	await expect(agreed(store, next)).rejects.toThrow(SecretMismatch);
	await expect(agreed(store, next, third ?? "")).rejects.toThrow("PLACELOCK_RETIRED_SECRETS");
	expect(told).toEqual([]);
});

it("follows a secret that was changed with the old one kept, and says so once", async () => {
	const store = marks();
	await agreed(store, old);
	expect(await agreed(store, next, old ?? "")).toEqual({ current: next, retired: [old] });
	await agreed(store, next, old ?? "");
	expect(told).toEqual([expect.stringContaining("Restart every server")]);
	await expect(agreed(store, old)).rejects.toThrow(SecretMismatch);
	await agreed(store, next);
});

it("lets a command go on with the database's secret, where a server would change it", async () => {
	const store = marks();
	await agreed(store, old);
	const command = resolveServerSecrets(
		{ dataDir, secret: next, retiredSecrets: [third ?? "", old ?? ""] },
		store,
	);
	expect(await command).toEqual({ current: old, retired: [next, third] });
	expect(await agreed(store, old)).toEqual({ current: old, retired: [] });
});

it("makes no secret for a database that has a mark", async () => {
	const store = marks();
	await agreed(store, old);
	await expect(agreed(store)).rejects.toThrow(join(dataDir, "secret"));
	expect(existsSync(join(dataDir, "secret"))).toBe(false);
});

it("agrees with whoever was faster, or is refused", async () => {
	await expect(agreed(marks(secretFingerprint(next ?? "")), old)).rejects.toThrow(SecretMismatch);
	expect(await agreed(marks(secretFingerprint(old ?? "")), old)).toEqual({ current: old, retired: [] });
});
