import type { ImportOutcome, ImportRules, KeyImport } from "../model/keyImport.js";

/** Keys with tokens of other systems, and these tokens. */
export interface ImportStore {
	/** How many keys to pass to `add` per call: few enough for one transaction. */
	readonly batchSize: number;
	/**
	 * Adds keys of one workspace with their tokens and token prefixes in one
	 * transaction. Returns the outcome of each. The rules of `KeyStore.create` apply.
	 */
	add(
		workspaceId: string,
		keys: readonly KeyImport[],
		rules?: ImportRules,
	): Promise<readonly ImportOutcome[] | "workspace_missing">;
	/** Returns the outcomes that `add` would have if `planned` more keys existed. Changes nothing. */
	preview(
		workspaceId: string,
		keys: readonly KeyImport[],
		planned: number,
		rules?: ImportRules,
	): Promise<readonly ImportOutcome[] | "workspace_missing">;
	/**
	 * The key whose imported token has this digest. A token belongs to one key.
	 * When the key is deleted, alone or with its workspace, the token no longer
	 * leads to a key but is remembered: an import does not silently restore it.
	 */
	keyIdOf(digest: Buffer): Promise<string | undefined>;
	/** All prefixes of imported tokens. A prefix that was imported once stays. */
	prefixes(): Promise<readonly string[]>;
}
