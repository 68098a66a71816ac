import type { AccountRecord } from "./account.js";
import { canSignInAsOperator } from "./canSignInAsOperator.js";
import { memberObstacle } from "./memberRules.js";
import type { OneTimeLinkRecord } from "./oneTimeLink.js";

export type AccountCreationObstacle =
	| "link_used"
	| "not_first"
	| "workspace_missing"
	| "name_taken"
	| "limit_reached";

/**
 * Why an account cannot be created with a link; undefined when it can. A taken
 * name is reported before the limit of members. `members`: how many members the
 * workspace of an invitation has, undefined when it does not exist.
 */
export function accountCreationObstacle(facts: {
	/** Undefined when the link is used up. */
	readonly link: Pick<OneTimeLinkRecord, "purpose"> | undefined;
	readonly anyoneCanSignIn: boolean;
	readonly nameTaken: boolean;
	/** Absent when the account joins no workspace. */
	readonly joining?: { readonly members: number | undefined };
}): AccountCreationObstacle | undefined {
	const { link, joining } = facts;
	if (link === undefined) return "link_used";
	if (link.purpose === "setup" && facts.anyoneCanSignIn) return "not_first";
	const obstacle = joining === undefined ? undefined : memberObstacle(joining.members);
	if (obstacle === "workspace_missing") return obstacle;
	return facts.nameTaken ? "name_taken" : obstacle;
}

export type AccountChangeObstacle = "missing" | "link_used" | "name_taken" | "last_operator";

/** Why an account cannot be changed from `before` to `after`; undefined when it can. */
export function accountChangeObstacle(
	before: AccountRecord,
	after: AccountRecord,
	facts: {
		/** Whether the change uses a link that is used up already. */
		readonly linkUsed: boolean;
		readonly nameTaken: boolean;
		/** Whether another account can sign in as an operator. */
		readonly otherOperator: boolean;
	},
): Exclude<AccountChangeObstacle, "missing"> | undefined {
	if (facts.linkUsed) return "link_used";
	if (facts.nameTaken) return "name_taken";
	const losesOperator = canSignInAsOperator(before) && !canSignInAsOperator(after);
	return losesOperator && !facts.otherOperator ? "last_operator" : undefined;
}

/** Whether the account's open reset links end with the change: they were for the password before. */
export function endsResetLinks(before: AccountRecord, after: AccountRecord): boolean {
	return after.passwordHash !== before.passwordHash;
}

export type AccountDeletionObstacle = "missing" | "last_operator" | "last_owner";

/** Why an account cannot be deleted; undefined when it can. */
export function accountDeletionObstacle(
	account: AccountRecord,
	facts: {
		readonly otherOperator: boolean;
		/** Whether a workspace would be left without an owner. */
		readonly lastOwner: boolean;
	},
): Exclude<AccountDeletionObstacle, "missing"> | undefined {
	if (canSignInAsOperator(account) && !facts.otherOperator) return "last_operator";
	return facts.lastOwner ? "last_owner" : undefined;
}

/**
 * Whether a session of the account may begin. `passwordHash`: the password that
 * was checked, which may have been changed since; absent when none was.
 */
export function canBeginSession(
	account: AccountRecord | undefined,
	passwordHash: string | undefined,
): boolean {
	if (account === undefined || account.disabledAt !== undefined) return false;
	return passwordHash === undefined || account.passwordHash === passwordHash;
}
