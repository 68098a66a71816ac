import type { AccountRecord } from "../../accounts/account.js";
import type { AccountStore } from "../store.js";
import type { MongoDatabase } from "./database.js";
import { toRecord } from "./documents.js";

export function mongoAccounts(database: MongoDatabase): AccountStore {
	return {
		findById: (id) =>
			database.run(async ({ accounts }) => {
				const document = await accounts.findOne({ _id: id });
				return document === null ? undefined : toRecord<AccountRecord>(document);
			}),
	};
}
