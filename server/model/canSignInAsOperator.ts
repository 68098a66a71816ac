import type { AccountRecord } from "./account.js";

/** Whether the account can sign in as an operator. One such account must always remain. */
export function canSignInAsOperator({ operator, passwordHash, disabledAt }: AccountRecord): boolean {
	return operator && passwordHash !== undefined && disabledAt === undefined;
}
