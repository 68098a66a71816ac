import type { AccountRecord } from "./account.js";

/** Whether somebody can sign in with the account as an operator: one such account has to be left. */
export function canSignInAsOperator({ operator, passwordHash, disabledAt }: AccountRecord): boolean {
	return operator && passwordHash !== undefined && disabledAt === undefined;
}
