import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveServerSecrets, SecretMismatch } from "../../server/secrets/resolveServerSecrets.js";
import { secretFingerprint } from "../../server/secrets/secretFingerprint.js";
import type { SecretFingerprintStore } from "../../server/store/store.js";

const [old, next, third] = ["old", "next", "third"].map((name) => `${name} secret`.padEnd(32, "."));
let dataDir: string;
let reported: string[];
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), "placelock-agreed-"));
	reported = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A database's fingerprint; another process claims `meanwhile` just before the first claim. */
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
	resolveServerSecrets({ dataDir, secret, retiredSecrets }, store, (message) => reported.push(message));

it("is a fingerprint that does not reveal the secret", () => {
	const mac = createHmac("sha256", "a secret").update("placelock secret mark").digest();
	expect(Buffer.from(secretFingerprint("a secret"), "base64url")).toEqual(mac);
});

it("requires the secret that came first from everybody", async () => {
	const store = marks();
	expect(await agreed(store, old)).toEqual({ current: old, retired: [] });
	expect(await agreed(store, old)).toEqual({ current: old, retired: [] });
	await expect(agreed(store, next)).rejects.toThrow(SecretMismatch);
	await expect(agreed(store, next, third ?? "")).rejects.toThrow("PLACELOCK_RETIRED_SECRETS");
	expect(reported).toEqual([]);
});

it("adopts a changed secret when the old one is retired, and reports it once", async () => {
	const store = marks();
	await agreed(store, old);
	expect(await agreed(store, next, old ?? "")).toEqual({ current: next, retired: [old] });
	await agreed(store, next, old ?? "");
	expect(reported).toEqual([expect.stringContaining("Restart every server")]);
	await expect(agreed(store, old)).rejects.toThrow(SecretMismatch);
	await agreed(store, next);
});

it("lets a command continue with the database's secret where a server would adopt the new one", async () => {
	const store = marks();
	await agreed(store, old);
	const command = resolveServerSecrets(
		{ dataDir, secret: next, retiredSecrets: [third ?? "", old ?? ""] },
		store,
	);
	expect(await command).toEqual({ current: old, retired: [next, third] });
	expect(await agreed(store, old)).toEqual({ current: old, retired: [] });
});

it("generates no secret for a database with a fingerprint", async () => {
	const store = marks();
	await agreed(store, old);
	await expect(agreed(store)).rejects.toThrow(join(dataDir, "secret"));
	expect(existsSync(join(dataDir, "secret"))).toBe(false);
});

it("accepts the secret of a faster process, or is rejected", async () => {
	await expect(agreed(marks(secretFingerprint(next ?? "")), old)).rejects.toThrow(SecretMismatch);
	expect(await agreed(marks(secretFingerprint(old ?? "")), old)).toEqual({ current: old, retired: [] });
});
