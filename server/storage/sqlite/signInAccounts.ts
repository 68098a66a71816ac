import type { Connection } from "./connection.js";

/** Whether any account has a password. */
export function signInCheck(connection: Connection): () => boolean {
	const statement = connection.prepare("SELECT 1 FROM accounts WHERE password_hash IS NOT NULL LIMIT 1");
	return () => statement.get() !== undefined;
}

/** Whether an account other than this one can sign in as an operator. */
export function otherOperator(connection: Connection): (accountId: string) => boolean {
	const statement = connection.prepare(`
		SELECT 1 FROM accounts
		WHERE operator = 1 AND disabled_at IS NULL AND password_hash IS NOT NULL AND id <> ? LIMIT 1`);
	return (accountId) => statement.get(accountId) !== undefined;
}
