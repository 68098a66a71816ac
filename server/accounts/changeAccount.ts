import type { AuditAction } from "../../shared/auditActions.js";
import { difference } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import { type AccountRecord, builtInOperatorId } from "../model/account.js";
import type { Changes } from "../model/applyChanges.js";
import { applyChanges } from "../model/applyChanges.js";
import type { SessionReset } from "../store/store.js";
import { accountNameProblems } from "./accountName.js";
import { accountNameTaken } from "./createAccount.js";
import { hashPassword, passwordProblems } from "./password.js";

type Editable = Pick<AccountRecord, "name" | "operator" | "passwordHash" | "disabledAt" | "lastSignInAt">;

/** Changes the name of an account. `name_taken` if it is taken. */
export async function renameAccount(
	services: Services,
	account: AccountRecord,
	name: string | undefined,
	auditContext: AuditContext,
): Promise<AccountRecord | Problem> {
	if (name === undefined || name === account.name) return account;
	const problems = accountNameProblems(name);
	if (problems.length > 0) return invalid(...problems);
	return writeAccountChange(services, account, { name }, "account.change", auditContext);
}

/** Sets a new password and ends the account's sessions, except for what `also.sessions` keeps or starts. */
export async function setPassword(
	services: Services,
	account: AccountRecord,
	{ path, password }: { readonly path: string; readonly password: string },
	action: "account.change-password" | "password-resets.use",
	auditContext: AuditContext,
	also: { readonly linkId?: string; readonly sessions: SessionReset },
): Promise<AccountRecord | Problem> {
	const problems = passwordProblems(path, password, account.name);
	if (problems.length > 0) return invalid(...problems);
	const passwordHash = await hashPassword(password, auditContext.address ?? "");
	if (passwordHash instanceof Problem) return passwordHash;
	const lastSignInAt = also.sessions.begin === undefined ? undefined : services.clock.now();
	return writeAccountChange(services, account, { passwordHash, lastSignInAt }, action, auditContext, also);
}

/**
 * Grants or removes operator access, disables or enables the account. Disabling
 * ends its sessions; its admin keys stop working from the next request on.
 */
export async function setAccountAccess(
	services: Services,
	account: AccountRecord,
	{ operator, disabled }: { readonly operator?: boolean; readonly disabled?: boolean },
	auditContext: AuditContext,
): Promise<AccountRecord | Problem> {
	const problem = builtInAccountProblem(account);
	if (problem !== undefined) return problem;
	const changes: Changes<Editable> = {
		...(operator === undefined || operator === account.operator ? {} : { operator }),
		...(disabled === undefined || disabled === (account.disabledAt !== undefined)
			? {}
			: { disabledAt: disabled ? services.clock.now() : null }),
	};
	if (Object.keys(changes).length === 0) return account;
	return writeAccountChange(services, account, changes, "accounts.change", auditContext, {
		sessions: disabled ? {} : undefined,
	});
}

/** Deletes an account. `builtin_account`, `last_operator` or `last_owner` if that is what it is. */
export async function deleteAccount(
	services: Services,
	account: AccountRecord,
	auditContext: AuditContext,
): Promise<undefined | Problem> {
	const problem = builtInAccountProblem(account);
	if (problem !== undefined) return problem;
	const audit = createAuditEntry(auditContext, services.clock.now(), {
		action: "accounts.delete",
		targetType: "account",
		targetId: account.id,
		before: { name: account.name, operator: account.operator, createdAt: account.createdAt },
	});
	const outcome = await services.store.accounts.delete(account.id, audit);
	if (outcome === "missing") return noAccount();
	if (outcome === "last_operator") return lastOperator();
	if (outcome === "last_owner") {
		return new Problem("last_owner", { detail: "The account is the last owner of a workspace." });
	}
	// Its admin keys are deleted too, and this process may have any of them in memory.
	services.invalidate({ type: "everything" });
	return undefined;
}

async function writeAccountChange(
	services: Services,
	account: AccountRecord,
	changes: Changes<Editable>,
	action: AuditAction,
	auditContext: AuditContext,
	also?: { readonly linkId?: string; readonly sessions?: SessionReset },
): Promise<AccountRecord | Problem> {
	const audit = createAuditEntry(auditContext, services.clock.now(), {
		action,
		targetType: "account",
		targetId: account.id,
		...difference(account, applyChanges(account, changes)),
	});
	const outcome = await services.store.accounts.change(account.id, changes, audit, also);
	switch (outcome) {
		case "missing":
			return noAccount();
		case "name_taken":
			return accountNameTaken(changes.name ?? account.name);
		case "link_used":
			return new Problem("link_invalid");
		case "last_operator":
			return lastOperator();
		default:
			return outcome;
	}
}

export function noAccount(): Problem {
	return new Problem("not_found", { detail: "There is no account with this ID." });
}

function lastOperator(): Problem {
	return new Problem("last_operator");
}

/** `builtin_account` for the built-in account; undefined for any other. */
export function builtInAccountProblem({ id }: AccountRecord): Problem | undefined {
	return id === builtInOperatorId ? new Problem("builtin_account") : undefined;
}
