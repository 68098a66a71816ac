import { limits } from "../../shared/limits.js";
import { type AuditContext, createAuditEntry, newId, type Services } from "../core/context.js";
import { freeTextProblems } from "../core/names.js";
import { invalid, Problem } from "../core/problem.js";
import { type AccountRecord, builtInOperatorId } from "../model/account.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import { newSecretCode } from "../secrets/secretCode.js";

export type NewLink =
	| { readonly purpose: "setup" }
	| { readonly purpose: "reset"; readonly accountId: string }
	| ({ readonly purpose: "invitation" } & Required<Pick<OneTimeLinkRecord, "workspaceId" | "role">> &
			Pick<OneTimeLinkRecord, "note">);

export interface CreatedLink {
	readonly record: OneTimeLinkRecord;
	/** The path with the code, shown only once. The code is in the fragment, which browsers do not send. */
	readonly path: string;
}

const actions = { setup: "setup.link", reset: "accounts.reset", invitation: "invitations.create" } as const;

/**
 * Creates a link that works once. `setup_done` for a setup link if an account can
 * already sign in, `not_found` if the workspace or account does not exist.
 */
export async function createLink(
	services: Services,
	input: NewLink,
	auditContext: AuditContext,
	idempotencyWrite?: IdempotencyWrite<CreatedLink>,
): Promise<CreatedLink | Problem> {
	const problems = input.purpose === "invitation" ? freeTextProblems("note", input.note) : [];
	if (problems.length > 0) return invalid(...problems);
	const now = services.clock.now();
	const { code, digest } = newSecretCode();
	const seconds = input.purpose === "invitation" ? limits.invitationSeconds : limits.oneTimeLinkSeconds;
	const { actor } = auditContext;
	const madeWith = actor.type === "account" ? actor.keyId : undefined;
	const key = madeWith === undefined ? undefined : await services.store.keys.findById(madeWith);
	const record: OneTimeLinkRecord = {
		...input,
		...(actor.type === "account" ? { madeBy: actor.id, madeWith } : {}),
		id: newId(input.purpose === "invitation" ? "inv" : "lnk"),
		digest,
		createdAt: now,
		expiresAt: Math.min(now + seconds * 1000, key?.expiresAt ?? Number.POSITIVE_INFINITY),
	};
	const path = `/${input.purpose}#${code}`;
	const outcome = await services.store.oneTimeLinks.create(
		record,
		createAuditEntry(auditContext, now, { action: actions[input.purpose], ...targetOf(record) }),
		idempotencyWrite && {
			...idempotencyWrite,
			recordFor: (stored) => idempotencyWrite.recordFor({ record: stored, path }),
		},
	);
	if (outcome === "created") return { record, path };
	if (outcome === "not_first") {
		const detail = "An account can already sign in. For a lost password, run: placelock account reset <name>";
		return new Problem("setup_done", { detail });
	}
	if (outcome === "limit_reached") {
		return new Problem("limit_reached", {
			detail: `A workspace has at most ${limits.invitationsPerWorkspace} open invitations.`,
		});
	}
	return new Problem("not_found");
}

/** Creates a link to choose a new password. `builtin_account` or `account_disabled` if it would not work. */
export async function createResetLink(
	services: Services,
	{ id: accountId, disabledAt }: AccountRecord,
	auditContext: AuditContext,
	idempotencyWrite?: IdempotencyWrite<CreatedLink>,
): Promise<CreatedLink | Problem> {
	if (accountId === builtInOperatorId) {
		return new Problem("builtin_account", { detail: "It has no password to reset." });
	}
	if (disabledAt !== undefined) return new Problem("account_disabled");
	return createLink(services, { purpose: "reset", accountId }, auditContext, idempotencyWrite);
}

function targetOf({ id, purpose, workspaceId, role, note, accountId, expiresAt }: OneTimeLinkRecord) {
	if (purpose === "invitation") {
		const after = { role, ...(note === undefined ? {} : { note }), expiresAt };
		return { workspaceId, targetType: "invitation", targetId: id, after } as const;
	}
	return { targetType: "account", targetId: accountId ?? "setup", after: { expiresAt } } as const;
}
