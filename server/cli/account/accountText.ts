import type { ListedAccount } from "../../api/serializeAccount.js";
import type { AccountRecord } from "../../model/account.js";
import { fieldsText, plain } from "../support/output.js";
import type { AccountHoldings } from "./accountHoldings.js";

/** An account with what is its own, for people. */
export function accountText(account: ListedAccount & AccountHoldings): string {
	const { id, name, operator, lastSignInAt, createdAt, workspaces, openSessions, adminKeys } = account;
	const first = operator ? "every one, as an operator" : "none";
	const roles = workspaces.map((workspace) => `${workspace.name} (${workspace.id}), ${workspace.role}`);
	return fieldsText([
		["id", id],
		["name", name],
		["operator", operator ? "yes" : "no"],
		["status", accountStatus(account)],
		["last sign-in", lastSignInAt ?? "never"],
		["open sessions", String(openSessions)],
		["admin keys", String(adminKeys)],
		...(roles.length === 0 || operator ? [["workspaces", first] as const] : []),
		...roles.map((role) => ["workspace", role] as const),
		["created", createdAt],
	]);
}

/** An account for people, in a sentence. */
export function accountMention({ id, name }: Pick<AccountRecord, "id" | "name">): string {
	return `the account ${id} ("${plain(name)}")`;
}

/** Whether somebody can sign in with it. */
export function accountStatus({ disabled, signsIn }: ListedAccount): string {
	if (disabled) return "disabled";
	return signsIn ? "active" : "no sign-in";
}
