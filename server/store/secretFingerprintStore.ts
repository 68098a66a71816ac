/**
 * The fingerprint of the secret that the database is used with, so that nobody
 * creates keys in it that other processes cannot verify. One for the whole database.
 */
export interface SecretFingerprintStore {
	/** Undefined when no process has claimed the database yet. */
	current(): Promise<string | undefined>;
	/**
	 * Replaces `expected` by `fingerprint`; without `expected`, sets the first one.
	 * Returns false and changes nothing when another one is stored: of two
	 * concurrent claims one succeeds.
	 */
	claim(fingerprint: string, expected?: string): Promise<boolean>;
}
