import type { AccountStore } from "../store.js";
import type { Connection } from "./connection.js";
import { accountRows } from "./rows.js";
import { findOne } from "./statements.js";

export function sqliteAccounts(connection: Connection): AccountStore {
	const find = findOne(connection, "accounts", accountRows, ["id"]);
	return { findById: (id) => connection.read(() => find(id)) };
}
