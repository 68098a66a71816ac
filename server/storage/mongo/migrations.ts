import { type CreateIndexesOptions, type IndexSpecification, MongoServerError } from "mongodb";
import { builtInOperatorId } from "../../model/account.js";
import type { Clock } from "../../primitives/clock.js";
import { StoreMisconfigured, StoreUnavailable } from "../../store/store.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { filterFields } from "./keyDocuments.js";
import { keyIndexes } from "./keyPages.js";

type Step = (database: MongoDatabase, clock: Clock) => Promise<void>;

/**
 * The schema, one step per version. Never edit a released step: every change is
 * a new step. A step may run twice, and in several starting processes at the same
 * time, with the same outcome, so no process holds a lock that it could keep by
 * dying.
 */
const steps: readonly Step[] = [
	async (database, clock) => {
		await createCollections(database);
		const index = indexCreator(database);
		await index("workspaces", { createdAt: -1, _id: -1 });
		await index("places", { workspaceId: 1, createdAt: -1, _id: -1 });
		await index("keys", { workspaceId: 1, createdAt: -1, _id: -1 });
		await index("audit", { at: -1, _id: -1 });
		await index("audit", { workspaceId: 1, at: -1, _id: -1 });
		await index("quotaCounters", { dropAt: 1 }, { expireAfterSeconds: 0 });
		const operator = { name: "Operator", operator: true, createdAt: clock.now() };
		await database.run(({ accounts }) =>
			accounts
				.updateOne({ _id: builtInOperatorId }, { $setOnInsert: operator }, { upsert: true })
				.catch(ignoreAlreadyExists),
		);
	},
	async (database) => {
		const { collectionName } = database.collections.secretFingerprint;
		await database.run(() => database.db.createCollection(collectionName).catch(ignoreAlreadyExists));
	},
	async (database) => {
		await createCollections(database);
		const index = indexCreator(database);
		const newest = { at: -1, _id: -1 } as const;
		await index("audit", { workspaceId: 1, "actor.id": 1, ...newest });
		await index("audit", { workspaceId: 1, "actor.keyId": 1, ...newest });
		await index("audit", { workspaceId: 1, action: 1, ...newest });
		await index("audit", { workspaceId: 1, targetId: 1, ...newest });
		await index("usageHours", { hour: 1 });
		await index("usageSums", { workspaceId: 1, span: 1, start: 1 });
		await index("usageSums", { until: 1, _id: 1 });
		await index("workspaceDays", { workspaceId: 1, start: 1 });
		await index("workspaceDays", { until: 1 });
		await index("denials", { workspaceId: 1, lastAt: -1, _id: -1 });
		await index("denials", { lastAt: 1 });
		await index("answers", { dropAt: 1 }, { expireAfterSeconds: 0 });
		await index("answers", { expiresAt: 1 });
	},
	async (database) => {
		await createCollections(database);
		await indexCreator(database)("activity", { span: 1, start: 1 });
	},
	async (database) => {
		const index = indexCreator(database);
		await createCollections(database);
		await index("importedTokens", { keyId: 1 }, { sparse: true });
		for (const fields of Object.values(keyIndexes)) await index("keys", fields);
		await addFilterFields(database);
		await database.run(({ keys }) =>
			keys.dropIndex("workspaceId_1_createdAt_-1__id_-1").catch(ignoreNotFound),
		);
	},
	async (database) => {
		// Until now the built-in operator was the only account.
		await database.run(({ accounts }) =>
			accounts.updateOne(
				{ _id: builtInOperatorId, foldedName: { $exists: false } },
				{ $set: { foldedName: "operator" } },
			),
		);
		const index = indexCreator(database);
		await index("accounts", { foldedName: 1 }, { unique: true });
		await index("accounts", { createdAt: -1, _id: -1 });
		const ofAccounts = { partialFilterExpression: { accountId: { $exists: true } } };
		await index("keys", { accountId: 1, createdAt: -1, _id: -1 }, ofAccounts);
		await index("members", { workspaceId: 1, createdAt: -1, _id: -1 });
		await index("members", { accountId: 1, workspaceCreatedAt: -1, _id: -1 });
		await index("sessions", { digest: 1 });
		await index("sessions", { accountId: 1, createdAt: -1, _id: -1 });
		await index("sessions", { expiresAt: 1 });
		await index("sessions", { lastSeenAt: 1 });
		await index("oneTimeLinks", { digest: 1 });
		await index("oneTimeLinks", { workspaceId: 1, createdAt: -1, _id: -1 });
		await index("oneTimeLinks", { accountId: 1 });
		await index("oneTimeLinks", { expiresAt: 1 });
	},
];

export const schemaVersion = steps.length;

/** Migrates the database to the current schema. Resolves with the version that was found. */
export async function migrate(database: MongoDatabase, clock: Clock): Promise<number> {
	const found = await readSchemaVersion(database);
	if (found > schemaVersion) {
		throw new StoreMisconfigured(
			`the database "${database.db.databaseName}" at ${database.hosts} was written by a newer Placelock ` +
				`(schema ${found}; this one knows ${schemaVersion}). Start that version, or restore the backup ` +
				"made before the upgrade.",
		);
	}
	for (const [index, step] of steps.entries()) {
		const version = index + 1;
		if (version <= found) continue;
		await step(database, clock);
		await database.run(({ schema }) =>
			// Forward only: another process may have got further already.
			schema.updateOne({ _id: "schema" }, { $max: { version } }, { upsert: true }).catch(ignoreAlreadyExists),
		);
	}
	return found;
}

/** Rejects unless the database responds and has the schema that this code knows. */
export async function ping(database: MongoDatabase): Promise<void> {
	const found = await readSchemaVersion(database);
	if (found === schemaVersion) return;
	throw new StoreUnavailable(`the schema of the database is ${found}, not ${schemaVersion}`);
}

export async function readSchemaVersion(database: MongoDatabase): Promise<number> {
	const document = await database.run(({ schema }) => schema.findOne({ _id: "schema" }));
	return document?.version ?? 0;
}

/** 48: NamespaceExists; 11000: another process inserted the same document. */
function ignoreAlreadyExists(error: unknown): void {
	if (error instanceof MongoServerError && (error.code === 48 || error.code === 11_000)) return;
	throw error;
}

/** 27: IndexNotFound; 26: NamespaceNotFound. */
function ignoreNotFound(error: unknown): void {
	if (error instanceof MongoServerError && (error.code === 27 || error.code === 26)) return;
	throw error;
}

/** How many keys are migrated in one command. */
const keysPerStep = 500;

/** Adds the fields that lists are filtered by to keys written before they existed. */
async function addFilterFields(database: MongoDatabase): Promise<void> {
	for (let after = ""; ; ) {
		const keys = await database.run(({ keys }) =>
			keys
				.find({ _id: { $gt: after } })
				.sort({ _id: 1 })
				.limit(keysPerStep)
				.toArray(),
		);
		const last = keys.at(-1);
		if (last === undefined) return;
		await database.run(({ keys: collection }) =>
			collection.bulkWrite(
				keys.map((key) => ({
					// Skips a key that changed meanwhile: that change wrote the fields.
					updateOne: {
						filter: { _id: key._id, updatedAt: key.updatedAt },
						update: { $set: filterFields(key) },
					},
				})),
				{ ordered: false },
			),
		);
		after = last._id;
	}
}

/** Created up front: a transaction that creates a collection conflicts with every other that does. */
async function createCollections(database: MongoDatabase): Promise<void> {
	for (const { collectionName } of Object.values(database.collections)) {
		await database.run(() => database.db.createCollection(collectionName).catch(ignoreAlreadyExists));
	}
}

function indexCreator(database: MongoDatabase) {
	return (name: keyof Collections, fields: IndexSpecification, options?: CreateIndexesOptions) =>
		database.run(() => database.db.collection(name).createIndex(fields, options));
}
