import { MongoServerError } from "mongodb";
import type { SecretFingerprintStore } from "../../store/store.js";
import type { MongoDatabase } from "./database.js";

/** One document, written by single commands, each of which is atomic. */
export function mongoSecretFingerprints(database: MongoDatabase): SecretFingerprintStore {
	return {
		current: () =>
			database.run(
				async ({ secretFingerprint }) => (await secretFingerprint.findOne({ _id: "current" }))?.mark,
			),
		claim: (mark, instead) =>
			database.run(async ({ secretFingerprint }) => {
				if (instead === undefined) {
					return secretFingerprint.insertOne({ _id: "current", mark }).then(() => true, unlessItExists);
				}
				const { matchedCount } = await secretFingerprint.updateOne(
					{ _id: "current", mark: instead },
					{ $set: { mark } },
				);
				return matchedCount === 1;
			}),
	};
}

/** 11000: somebody else has inserted the document. */
function unlessItExists(error: unknown): false {
	if (error instanceof MongoServerError && error.code === 11_000) return false;
	throw error;
}
