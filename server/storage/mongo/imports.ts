import type { ClientSession } from "mongodb";
import type { ImportOutcome, ImportRules, ImportStore, KeyImport } from "../../store/store.js";
import { importConflict } from "../importConflict.js";
import { type Collections, importedTokenId } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument } from "./documents.js";
import { conflictWhenTaken } from "./failures.js";
import { toKeyDocument } from "./keyDocuments.js";
import { keyNameId, takeNames } from "./keyNames.js";
import { countKeys, remainingKeySlots } from "./keys.js";

export function mongoImports(database: MongoDatabase): ImportStore {
	return {
		keysAtATime: 200,
		add: (workspaceId, keys, rules = {}) =>
			database.transaction(async (session, collections) => {
				const outcomes = await outcomesOf(collections, { workspaceId, keys, planned: 0, ...rules }, session);
				if (outcomes === "workspace_missing") return outcomes;
				const taken = keys.filter((_, index) => outcomes[index] === "imported");
				if (taken.length > 0) await writeKeys(collections, workspaceId, taken, session);
				return outcomes;
			}),
		judge: (workspaceId, keys, planned, rules = {}) =>
			database.transaction((session, collections) =>
				outcomesOf(collections, { workspaceId, keys, planned, ...rules }, session),
			),
		keyIdOf: (digest) =>
			database.run(async ({ importedTokens }) => {
				return (await importedTokens.findOne({ _id: importedTokenId(digest) }))?.keyId;
			}),
		prefixes: () =>
			database.run(async ({ importedPrefixes }) => {
				return (await importedPrefixes.find().toArray()).map(({ _id }) => _id);
			}),
	};
}

interface Asked extends ImportRules {
	readonly workspaceId: string;
	readonly keys: readonly KeyImport[];
	readonly planned: number;
}

async function outcomesOf(
	collections: Collections,
	{ workspaceId, keys, planned, ...rules }: Asked,
	session: ClientSession,
): Promise<ImportOutcome[] | "workspace_missing"> {
	const room = await remainingKeySlots(collections, { workspaceId }, session);
	if (room === undefined) return "workspace_missing";
	const names = await takenNames(collections, keys, session);
	const tokens = await knownTokens(collections, keys, session);
	let left = room - planned;
	return keys.map(({ key, digests }) => {
		const ids = digests.map(importedTokenId);
		const owners = ids.filter((id) => tokens.has(id)).map((id) => tokens.get(id));
		const known = importConflict(owners, { ...rules, workspaceId });
		if (known !== undefined) return known;
		if (names.has(keyNameId(key))) return "name_taken";
		if (left <= 0) return "limit_reached";
		left--;
		// Those that follow meet this one.
		names.add(keyNameId(key));
		for (const id of ids) tokens.set(id, workspaceId);
		return "imported";
	});
}

async function takenNames(
	{ keyNames }: Collections,
	keys: readonly KeyImport[],
	session: ClientSession,
): Promise<Set<string>> {
	const ids = keys.map(({ key }) => keyNameId(key));
	const found = await keyNames.find({ _id: { $in: ids } }, { session }).toArray();
	return new Set(found.map(({ _id }) => _id));
}

/** The workspaces of the tokens that are there, by the token's id; undefined where the key was deleted. */
async function knownTokens(
	{ importedTokens }: Collections,
	keys: readonly KeyImport[],
	session: ClientSession,
): Promise<Map<string, string | undefined>> {
	const ids = keys.flatMap(({ digests }) => digests.map(importedTokenId));
	const found = await importedTokens.find({ _id: { $in: ids } }, { session }).toArray();
	return new Map(found.map(({ _id, workspaceId }) => [_id, workspaceId]));
}

async function writeKeys(
	collections: Collections,
	workspaceId: string,
	imports: readonly KeyImport[],
	session: ClientSession,
): Promise<void> {
	const keys = imports.map(({ key }) => key);
	const tokens = keys.map(({ id, digest }) => ({ _id: importedTokenId(digest), keyId: id, workspaceId }));
	await takeNames(collections, keys, session);
	// Whose key was deleted: of two that import one token again, the second meets the first here.
	const ids = imports.flatMap(({ digests }) => digests.map(importedTokenId));
	await collections.importedTokens.deleteMany({ _id: { $in: ids }, keyId: { $exists: false } }, { session });
	await collections.importedTokens.insertMany(tokens, { session }).catch(conflictWhenTaken);
	await countKeys(collections, { workspaceId }, keys.length, session);
	await collections.keys.insertMany(keys.map(toKeyDocument), { session });
	await collections.audit.insertMany(
		imports.map(({ audit }) => toDocument(audit)),
		{ session },
	);
	for (const prefix of new Set(keys.map(({ importedPrefix }) => importedPrefix))) {
		await collections.importedPrefixes.updateOne(
			{ _id: prefix },
			{ $inc: { imports: 1 } },
			{ session, upsert: true },
		);
	}
}
