import { type CreateIndexesOptions, type IndexSpecification, MongoServerError } from "mongodb";
import { builtInOperatorId } from "../../accounts/account.js";
import type { Clock } from "../../clock.js";
import { StoreMisconfigured, StoreUnavailable } from "../store.js";
import type { MongoDatabase } from "./database.js";

type IndexedCollection = "workspaces" | "places" | "keys" | "audit" | "quotaCounters";
type Step = (database: MongoDatabase, clock: Clock) => Promise<void>;

/**
 * The schema, one step a version. A released step is never edited: a change is
 * a new step. Each can run twice, and in several starters at once, with the
 * same outcome; so nobody has to hold a lock that a dead starter would keep.
 */
const steps: readonly Step[] = [
	async (database, clock) => {
		// Made beforehand: a transaction that makes a collection meets every other that does.
		for (const { collectionName } of Object.values(database.collections)) {
			await database.run(() => database.db.createCollection(collectionName).catch(unlessItExists));
		}
		const index = (name: IndexedCollection, fields: IndexSpecification, options?: CreateIndexesOptions) =>
			database.run((collections) => collections[name].createIndex(fields, options));
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
				.catch(unlessItExists),
		);
	},
	async (database) => {
		const { collectionName } = database.collections.secretMark;
		await database.run(() => database.db.createCollection(collectionName).catch(unlessItExists));
	},
];

export const schemaVersion = steps.length;

export async function migrate(database: MongoDatabase, clock: Clock): Promise<void> {
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
			// Forward only: another starter may be further already.
			schema.updateOne({ _id: "schema" }, { $max: { version } }, { upsert: true }).catch(unlessItExists),
		);
	}
}

/** Rejects unless the database answers and has the schema this code knows. */
export async function ping(database: MongoDatabase): Promise<void> {
	const found = await readSchemaVersion(database);
	if (found === schemaVersion) return;
	throw new StoreUnavailable(`the schema of the database is ${found}, not ${schemaVersion}`);
}

async function readSchemaVersion(database: MongoDatabase): Promise<number> {
	const document = await database.run(({ schema }) => schema.findOne({ _id: "schema" }));
	return document?.version ?? 0;
}

/** 48: NamespaceExists; 11000: another starter inserted the same document. */
function unlessItExists(error: unknown): void {
	if (error instanceof MongoServerError && (error.code === 48 || error.code === 11_000)) return;
	throw error;
}
