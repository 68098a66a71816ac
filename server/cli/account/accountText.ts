import type { ListedAccount } from "../../api/serializeAccount.js";
import type { AccountRecord } from "../../model/account.js";
import { fieldsText, printable } from "../support/output.js";
import type { AccountHoldings } from "./accountHoldings.js";

/** An account and what belongs to it, as text. */
export function accountText(account: ListedAccount & AccountHoldings): string {
	const { id, name, operator, lastSignInAt, createdAt, workspaces, openSessions, adminKeys } = account;
	const first = operator ? "all, as an operator" : "none";
	const roles = workspaces.map((workspace) => `${workspace.name} (${workspace.id}), ${workspace.role}`);
	return fieldsText([
		["ID", id],
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

/** An account inside a sentence. */
export function describeAccount({ id, name }: Pick<AccountRecord, "id" | "name">): string {
	return `account ${id} ("${printable(name)}")`;
}

/** The status of an account: whether somebody can sign in with it. */
export function accountStatus({ disabled, signsIn }: ListedAccount): string {
	if (disabled) return "disabled";
	return signsIn ? "active" : "no sign-in";
}
