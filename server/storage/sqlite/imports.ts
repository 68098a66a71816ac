import { foldName } from "../../model/foldName.js";
import { type ImportFacts, importedTokenId, importOutcomes, type KeyImport } from "../../model/keyImport.js";
import type { ImportStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import { nameCheck, remainingKeySlots } from "./keys.js";
import { keyRows } from "./rows.js";
import { insertInto } from "./statements.js";

export function sqliteImports(
	connection: Connection,
	writeAudit: WriteAudit,
	writeChange: WriteChange,
): ImportStore {
	const remainingSlots = remainingKeySlots(connection);
	const isNameTaken = nameCheck(connection);
	const insertKey = insertInto(connection, "keys", keyRows);
	const insertToken = connection.prepare(
		"INSERT INTO imported_tokens (digest, key_id, workspace_id) VALUES (?, ?, ?)",
	);
	const deleteDetached = connection.prepare(
		"DELETE FROM imported_tokens WHERE digest = ? AND key_id IS NULL",
	);
	const insertPrefix = connection.prepare("INSERT OR IGNORE INTO imported_prefixes (prefix) VALUES (?)");
	const findToken = connection.prepare("SELECT key_id, workspace_id FROM imported_tokens WHERE digest = ?");
	const readPrefixes = connection.prepare("SELECT prefix FROM imported_prefixes");
	const tokenOf = (digest: Buffer) =>
		// In a list: the driver takes a lone object for named parameters.
		findToken.get([digest]) as
			| { readonly key_id: string | null; readonly workspace_id: string | null }
			| undefined;

	/** Undefined when the workspace does not exist. */
	function readFacts(workspaceId: string, keys: readonly KeyImport[]): ImportFacts | undefined {
		const remaining = remainingSlots({ workspaceId });
		if (remaining === undefined) return undefined;
		const takenNames = keys.filter(({ key }) => isNameTaken(key)).map(({ key }) => foldName(key.name));
		const tokens = new Map<string, string | undefined>();
		for (const digest of keys.flatMap(({ digests }) => digests)) {
			const token = tokenOf(digest);
			if (token !== undefined) tokens.set(importedTokenId(digest), token.workspace_id ?? undefined);
		}
		return { workspaceId, remaining, takenNames: new Set(takenNames), tokens };
	}

	function write({ key, audit, digests }: KeyImport): void {
		insertKey(key);
		for (const digest of digests) deleteDetached.run([digest]);
		insertToken.run(key.digest, key.id, key.workspaceId);
		insertPrefix.run(key.importedPrefix);
		writeAudit(audit);
	}

	return {
		// Every batch counts the existing keys, which takes longer the more there are.
		batchSize: 1_000,
		add: (workspaceId, keys, rules) =>
			connection.write(() => {
				const facts = readFacts(workspaceId, keys);
				if (facts === undefined) return "workspace_missing";
				const outcomes = importOutcomes(keys, facts, rules);
				const imported = keys.filter((_, index) => outcomes[index] === "imported");
				for (const each of imported) write(each);
				if (imported.length > 0) writeChange({ type: "imports" });
				return outcomes;
			}),
		preview: (workspaceId, keys, planned, rules) =>
			connection.read(() => {
				const facts = readFacts(workspaceId, keys);
				if (facts === undefined) return "workspace_missing";
				return importOutcomes(keys, { ...facts, remaining: facts.remaining - planned }, rules);
			}),
		keyIdOf: (digest) => connection.read(() => tokenOf(digest)?.key_id ?? undefined),
		prefixes: () =>
			connection.read(() => (readPrefixes.all() as { prefix: string }[]).map(({ prefix }) => prefix)),
	};
}
