import type { Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { deleteKey, revokeKey } from "../keys/changeKey.js";
import { type IssuedKey, issueKey } from "../keys/issueKey.js";
import { refuseBeyond, refuseWider } from "../keys/keyRules.js";
import { rotateKey } from "../keys/rotateKey.js";
import type { AccountRecord } from "../model/account.js";
import type { KeyRecord } from "../model/key.js";
import type { LastUse } from "../model/usage.js";
import type { Handlers } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { keyAnswer } from "./serializeKey.js";

type AccountKeyHandlers = Pick<
	Handlers,
	| "account-keys.list"
	| "account-keys.create"
	| "account-keys.rotate"
	| "account-keys.revoke"
	| "account-keys.delete"
>;

/** An account's own admin keys. They act for it, and can never do more than it may. */
export function accountKeyHandlers(domain: Domain): AccountKeyHandlers {
	const { keys, usage } = domain.store;

	async function ownKey(account: AccountRecord, keyId: string): Promise<KeyRecord | Problem> {
		const key = await keys.findById(keyId);
		if (key !== undefined && key.accountId === account.id) return key;
		return new Problem("not_found", { detail: "Your account has no key with this id." });
	}

	function answer(key: KeyRecord, lastUse?: LastUse) {
		return keyAnswer(key, domain.clock.now(), { lastUse });
	}

	return {
		"account-keys.list": async ({ account }, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const found = await keys.listOfAccount(account.id, page);
			const lastUses = await usage.lastUses(found.records.map((key) => key.id));
			return pageAnswer(found, (key) => answer(key, lastUses.get(key.id)));
		},
		"account-keys.create": async ({ account, author, granting, once }, { body }) => {
			const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
			const refusal = refuseBeyond(granting, body.scopes) ?? refuseWider(granting, { ...body, expiresAt });
			if (refusal !== undefined) return refusal;
			const wish = { ...body, kind: "admin", accountId: account.id, expiresAt } as const;
			return once(
				({ key, token }: IssuedKey) => ({ ...answer(key), token }),
				(keeping) => issueKey(domain, wish, author, keeping),
			);
		},
		"account-keys.rotate": async ({ account, author, granting, once }, { params, body }) => {
			const key = await ownKey(account, params.keyId);
			if (key instanceof Problem) return key;
			// A key may always be given a new token by itself.
			const refusal =
				refuseBeyond(granting, key.scopes) ??
				(granting?.record.id === key.id ? undefined : refuseWider(granting, key));
			if (refusal !== undefined) return refusal;
			const lastUse = await usage.lastUse(key.id);
			return once(
				(rotated: IssuedKey) => ({ ...answer(rotated.key, lastUse), token: rotated.token }),
				(keeping) => rotateKey(domain, key, body.overlapSeconds, author, keeping),
			);
		},
		"account-keys.revoke": async ({ account, author }, { params }) => {
			const key = await ownKey(account, params.keyId);
			if (key instanceof Problem) return key;
			const revoked = await revokeKey(domain, key, author);
			return revoked instanceof Problem ? revoked : answer(revoked, await usage.lastUse(key.id));
		},
		"account-keys.delete": async ({ account, author }, { params }) => {
			const key = await ownKey(account, params.keyId);
			return key instanceof Problem ? key : deleteKey(domain, key, author);
		},
	};
}
