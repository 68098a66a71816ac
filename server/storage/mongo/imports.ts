import type { ClientSession } from "mongodb";
import { foldName } from "../../model/foldName.js";
import { type ImportFacts, importedTokenId, importOutcomes, type KeyImport } from "../../model/keyImport.js";
import type { ImportStore } from "../../store/store.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument } from "./documents.js";
import { retryOnDuplicate } from "./failures.js";
import { toKeyDocument } from "./keyDocuments.js";
import { claimNames, keyNameId } from "./keyNames.js";
import { countKeys, remainingKeySlots } from "./keys.js";

export function mongoImports(database: MongoDatabase): ImportStore {
	return {
		batchSize: 200,
		add: (workspaceId, keys, rules) =>
			database.transaction(async (session, collections) => {
				const facts = await readFacts(collections, workspaceId, keys, session);
				if (facts === undefined) return "workspace_missing";
				const outcomes = importOutcomes(keys, facts, rules);
				const imported = keys.filter((_, index) => outcomes[index] === "imported");
				if (imported.length > 0) await writeKeys(collections, workspaceId, imported, session);
				return outcomes;
			}),
		preview: (workspaceId, keys, planned, rules) =>
			database.transaction(async (session, collections) => {
				const facts = await readFacts(collections, workspaceId, keys, session);
				if (facts === undefined) return "workspace_missing";
				return importOutcomes(keys, { ...facts, remaining: facts.remaining - planned }, rules);
			}),
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

/** Undefined when the workspace does not exist. */
async function readFacts(
	collections: Collections,
	workspaceId: string,
	imports: readonly KeyImport[],
	session: ClientSession,
): Promise<ImportFacts | undefined> {
	const { keyNames, importedTokens } = collections;
	const remaining = await remainingKeySlots(collections, { workspaceId }, session);
	if (remaining === undefined) return undefined;
	const nameIds = new Map(imports.map(({ key }) => [keyNameId(key), foldName(key.name)]));
	const names = await keyNames.find({ _id: { $in: [...nameIds.keys()] } }, { session }).toArray();
	const tokenIds = imports.flatMap(({ digests }) => digests.map(importedTokenId));
	const tokens = await importedTokens.find({ _id: { $in: tokenIds } }, { session }).toArray();
	return {
		workspaceId,
		remaining,
		takenNames: new Set(names.map(({ _id }) => nameIds.get(_id) ?? "")),
		tokens: new Map(tokens.map((token) => [token._id, token.workspaceId])),
	};
}

async function writeKeys(
	collections: Collections,
	workspaceId: string,
	imports: readonly KeyImport[],
	session: ClientSession,
): Promise<void> {
	const keys = imports.map(({ key }) => key);
	const tokens = keys.map(({ id, digest }) => ({ _id: importedTokenId(digest), keyId: id, workspaceId }));
	await claimNames(collections, keys, session);
	// Tokens whose key was deleted. Two transactions that import one token again conflict here.
	const ids = imports.flatMap(({ digests }) => digests.map(importedTokenId));
	await collections.importedTokens.deleteMany({ _id: { $in: ids }, keyId: { $exists: false } }, { session });
	await collections.importedTokens.insertMany(tokens, { session }).catch(retryOnDuplicate);
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
