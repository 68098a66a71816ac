import { MongoServerError } from "mongodb";
import { impossibleAfter } from "../../model/leaseRules.js";
import type { LeaseStore } from "../../store/store.js";
import type { MongoDatabase } from "./database.js";

export function mongoLeases(database: MongoDatabase): LeaseStore {
	return {
		acquire: (name, holder, now, until) =>
			database.run(async ({ leases }) => {
				try {
					await leases.updateOne(
						{
							_id: name,
							$or: [{ until: { $lte: now } }, { until: { $gt: impossibleAfter(now, until) } }, { holder }],
						},
						{ $set: { holder, until } },
						{ upsert: true },
					);
					return true;
				} catch (error) {
					// Another holder's lease did not match, so MongoDB tried to insert one with the same ID.
					if (error instanceof MongoServerError && error.code === 11_000) return false;
					throw error;
				}
			}),
		release: (name, holder) =>
			database.run(async ({ leases }) => {
				await leases.deleteOne({ _id: name, holder });
			}),
	};
}
