import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { deleteKey, revokeKey } from "../keys/changeKey.js";
import { type IssuedKey, issueKey } from "../keys/issueKey.js";
import { constraintEscalation, scopeEscalation } from "../keys/keyRules.js";
import { rotateKey } from "../keys/rotateKey.js";
import type { AccountRecord } from "../model/account.js";
import type { KeyRecord } from "../model/key.js";
import type { LastUse } from "../model/usage.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { serializeKey } from "./serializeKey.js";

type AccountKeyHandlers = Pick<
	Handlers,
	| "account-keys.list"
	| "account-keys.create"
	| "account-keys.rotate"
	| "account-keys.revoke"
	| "account-keys.delete"
>;

/** An account's own admin keys. They act for the account and can never do more than it. */
export function accountKeyHandlers(services: Services): AccountKeyHandlers {
	const { keys, usage } = services.store;

	async function ownKey(account: AccountRecord, keyId: string): Promise<KeyRecord | Problem> {
		const key = await keys.findById(keyId);
		if (key !== undefined && key.accountId === account.id) return key;
		return new Problem("not_found", { detail: "Your account has no key with this id." });
	}

	function toResponse(key: KeyRecord, lastUse?: LastUse) {
		return serializeKey(key, services.clock.now(), { lastUse });
	}

	return {
		"account-keys.list": async ({ account }, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const found = await keys.listOfAccount(account.id, page);
			const lastUses = await usage.lastUses(found.records.map((key) => key.id));
			return serializePage(found, (key) => toResponse(key, lastUses.get(key.id)));
		},
		"account-keys.create": async ({ account, auditContext, actingKey, runIdempotent }, { body }) => {
			const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
			const problem =
				scopeEscalation(actingKey, body.scopes) ?? constraintEscalation(actingKey, { ...body, expiresAt });
			if (problem !== undefined) return problem;
			const input = { ...body, kind: "admin", accountId: account.id, expiresAt } as const;
			return runIdempotent(
				({ key, token }: IssuedKey) => ({ ...toResponse(key), token }),
				(idempotencyWrite) => issueKey(services, input, auditContext, idempotencyWrite),
			);
		},
		"account-keys.rotate": async ({ account, auditContext, actingKey, runIdempotent }, { params, body }) => {
			const key = await ownKey(account, params.keyId);
			if (key instanceof Problem) return key;
			// A key can always rotate itself.
			const problem =
				scopeEscalation(actingKey, key.scopes) ??
				(actingKey?.record.id === key.id ? undefined : constraintEscalation(actingKey, key));
			if (problem !== undefined) return problem;
			const lastUse = await usage.lastUse(key.id);
			return runIdempotent(
				(rotated: IssuedKey) => ({ ...toResponse(rotated.key, lastUse), token: rotated.token }),
				(idempotencyWrite) => rotateKey(services, key, body.overlapSeconds, auditContext, idempotencyWrite),
			);
		},
		"account-keys.revoke": async ({ account, auditContext }, { params }) => {
			const key = await ownKey(account, params.keyId);
			if (key instanceof Problem) return key;
			const revoked = await revokeKey(services, key, auditContext);
			return revoked instanceof Problem ? revoked : toResponse(revoked, await usage.lastUse(key.id));
		},
		"account-keys.delete": async ({ account, auditContext }, { params }) => {
			const key = await ownKey(account, params.keyId);
			return key instanceof Problem ? key : deleteKey(services, key, auditContext);
		},
	};
}
