import type { AuditEntry } from "./auditEntry.js";
import { foldName } from "./foldName.js";
import type { KeyRecord } from "./key.js";
import { newKeyObstacle } from "./keyRules.js";

/** A key of another system to be added with the token it has. */
export interface KeyImport {
	/** With `importedPrefix`; its `digest` is the first of `digests`. */
	readonly key: KeyRecord & { readonly workspaceId: string; readonly importedPrefix: string };
	readonly audit: AuditEntry;
	/** The digests its token may be stored under, one for each secret of the server. */
	readonly digests: readonly Buffer[];
}

/**
 * `known`: the token was imported into this workspace before.
 * `known_deleted`: into any workspace, and its key has been deleted since.
 */
export type ImportOutcome =
	| "imported"
	| "known"
	| "known_elsewhere"
	| "known_deleted"
	| "name_taken"
	| "limit_reached";

export interface ImportRules {
	/** Whether to import tokens whose key was deleted; it may have been deleted because the token had leaked. */
	readonly deletedToo?: boolean;
}

/** What a workspace and the imported tokens hold before an import. */
export interface ImportFacts {
	readonly workspaceId: string;
	/** How many more keys the workspace may have. */
	readonly remaining: number;
	/** Which of the folded names belong to keys that are in use. */
	readonly takenNames: ReadonlySet<string>;
	/** The workspaces of known tokens, by digest (base64url); undefined where the key was deleted. */
	readonly tokens: ReadonlyMap<string, string | undefined>;
}

/** Decides the outcome of every key of an import, in order: each one counts for those after it. */
export function importOutcomes(
	imports: readonly KeyImport[],
	{ workspaceId, ...facts }: ImportFacts,
	rules: ImportRules = {},
): ImportOutcome[] {
	const takenNames = new Set(facts.takenNames);
	const tokens = new Map(facts.tokens);
	let { remaining } = facts;
	return imports.map(({ key, digests }) => {
		const ids = digests.map(importedTokenId);
		const owners = ids.filter((id) => tokens.has(id)).map((id) => tokens.get(id));
		const name = foldName(key.name);
		const conflict = importConflict(owners, { ...rules, workspaceId });
		if (conflict !== undefined) return conflict;
		const obstacle = newKeyObstacle({ remaining, nameTaken: takenNames.has(name) });
		if (obstacle !== undefined) return obstacle;
		remaining--;
		takenNames.add(name);
		for (const id of ids) tokens.set(id, workspaceId);
		return "imported";
	});
}

/** How `ImportFacts` name a token by its digest. MongoDB stores it under this ID. */
export function importedTokenId(digest: Buffer): string {
	return digest.toString("base64url");
}

/**
 * Why a known token prevents an import; undefined when it does not. `owners`:
 * the workspace for each digest the token is known under, undefined where its
 * key was deleted.
 */
function importConflict(
	owners: readonly (string | undefined)[],
	{ workspaceId, deletedToo = false }: { readonly workspaceId: string; readonly deletedToo?: boolean },
): "known" | "known_elsewhere" | "known_deleted" | undefined {
	if (owners.includes(workspaceId)) return "known";
	if (owners.some((owner) => owner !== undefined)) return "known_elsewhere";
	return owners.length > 0 && !deletedToo ? "known_deleted" : undefined;
}
