import type { ImportOutcome, ImportRules, ImportStore, KeyImport } from "../../store/store.js";
import { importConflict } from "../importConflict.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import { nameHolder, remainingKeySlots } from "./keys.js";
import { keyRows } from "./rows.js";
import { insertInto } from "./statements.js";

export function sqliteImports(
	connection: Connection,
	writeAudit: WriteAudit,
	writeChange: WriteChange,
): ImportStore {
	const room = remainingKeySlots(connection);
	const nameTaken = nameHolder(connection);
	const insertKey = insertInto(connection, "keys", keyRows);
	const insertToken = connection.prepare(
		"INSERT INTO imported_tokens (digest, key_id, workspace_id) VALUES (?, ?, ?)",
	);
	const forgetDeleted = connection.prepare("DELETE FROM imported_tokens WHERE digest = ? AND key_id IS NULL");
	const insertPrefix = connection.prepare("INSERT OR IGNORE INTO imported_prefixes (prefix) VALUES (?)");
	const findToken = connection.prepare("SELECT key_id, workspace_id FROM imported_tokens WHERE digest = ?");
	const findWorkspace = connection.prepare("SELECT 1 FROM workspaces WHERE id = ?");
	const readPrefixes = connection.prepare("SELECT prefix FROM imported_prefixes");
	const tokenOf = (digest: Buffer) =>
		// In a list: the driver takes a lone object for parameters by name.
		findToken.get([digest]) as
			| { readonly key_id: string | null; readonly workspace_id: string | null }
			| undefined;

	/** Why the key cannot be imported; undefined when it can. `left`: keys there is room for, counted when it matters. */
	function obstacle(
		{ key, digests }: KeyImport,
		rules: ImportRules,
		left: () => number,
	): ImportOutcome | undefined {
		const owners = digests.flatMap((digest) => {
			const token = tokenOf(digest);
			return token === undefined ? [] : [token.workspace_id ?? undefined];
		});
		const known = importConflict(owners, { ...rules, workspaceId: key.workspaceId });
		if (known !== undefined) return known;
		if (nameTaken(key)) return "name_taken";
		return left() > 0 ? undefined : "limit_reached";
	}

	function write({ key, audit, digests }: KeyImport): void {
		insertKey(key);
		for (const digest of digests) forgetDeleted.run([digest]);
		insertToken.run(key.digest, key.id, key.workspaceId);
		insertPrefix.run(key.importedPrefix);
		writeAudit(audit);
	}

	function importAll(
		workspaceId: string,
		keys: readonly KeyImport[],
		planned: number,
		rules: ImportRules,
		take: (key: KeyImport) => void,
	): ImportOutcome[] | "workspace_missing" {
		if (findWorkspace.get(workspaceId) === undefined) return "workspace_missing";
		let spare: number | undefined;
		let taken = planned;
		const left = () => {
			spare ??= room({ workspaceId }) ?? 0;
			return spare - taken;
		};
		return keys.map((each) => {
			const outcome = obstacle(each, rules, left);
			if (outcome !== undefined) return outcome;
			take(each);
			taken++;
			return "imported";
		});
	}

	return {
		// Each time the keys that are there are counted, which takes longer the more there are.
		keysAtATime: 1_000,
		add: (workspaceId, keys, rules = {}) =>
			connection.write(() => {
				const outcomes = importAll(workspaceId, keys, 0, rules, write);
				if (outcomes.includes("imported")) writeChange({ type: "imports" });
				return outcomes;
			}),
		judge: (workspaceId, keys, planned, rules = {}) =>
			connection.read(() => importAll(workspaceId, keys, planned, rules, () => {})),
		keyIdOf: (digest) => connection.read(() => tokenOf(digest)?.key_id ?? undefined),
		prefixes: () =>
			connection.read(() => (readPrefixes.all() as { prefix: string }[]).map(({ prefix }) => prefix)),
	};
}
