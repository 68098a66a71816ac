import { MongoServerError } from "mongodb";
import type { SecretFingerprintStore } from "../../store/store.js";
import type { MongoDatabase } from "./database.js";

/** One document, written by single commands, each of them atomic. */
export function mongoSecretFingerprints(database: MongoDatabase): SecretFingerprintStore {
	return {
		current: () =>
			database.run(
				async ({ secretFingerprint }) => (await secretFingerprint.findOne({ _id: "current" }))?.mark,
			),
		claim: (fingerprint, expected) =>
			database.run(async ({ secretFingerprint }) => {
				if (expected === undefined) {
					return secretFingerprint
						.insertOne({ _id: "current", mark: fingerprint })
						.then(() => true, falseIfDuplicate);
				}
				const { matchedCount } = await secretFingerprint.updateOne(
					{ _id: "current", mark: expected },
					{ $set: { mark: fingerprint } },
				);
				return matchedCount === 1;
			}),
	};
}

/** 11000: another process inserted the document. */
function falseIfDuplicate(error: unknown): false {
	if (error instanceof MongoServerError && error.code === 11_000) return false;
	throw error;
}
