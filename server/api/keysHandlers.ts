import type { Domain } from "../core/context.js";
import { fieldsOf, invalid, Problem } from "../core/problem.js";
import { changeKey, deleteKey, disableKey, enableKey, revokeKey } from "../keys/changeKey.js";
import { type IssuedKey, issueKey } from "../keys/issueKey.js";
import { keyFilter } from "../keys/keyFilter.js";
import { refuseBeyond } from "../keys/keyRules.js";
import { rotateKey } from "../keys/rotateKey.js";
import type { KeyRecord } from "../model/key.js";
import type { LastUse } from "../model/usage.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Handlers, ManagementContext } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { type KeyAnswer, keyAnswer } from "./serializeKey.js";

type KeyHandlers = Pick<
	Handlers,
	| "keys.create"
	| "keys.list"
	| "keys.get"
	| "keys.change"
	| "keys.disable"
	| "keys.enable"
	| "keys.revoke"
	| "keys.rotate"
	| "keys.delete"
>;

/** The management of a workspace's keys. Admin keys belong to accounts and are not seen here. */
export function keyHandlers(domain: Domain): KeyHandlers {
	const { keys, workspaces, usage } = domain.store;

	function surroundings(key: KeyRecord): Promise<[WorkspaceRecord | undefined, LastUse | undefined]> {
		return Promise.all([workspaces.findById(key.workspaceId ?? ""), usage.lastUse(key.id)]);
	}

	async function answer(key: KeyRecord): Promise<KeyAnswer> {
		const [workspace, lastUse] = await surroundings(key);
		return answerIn(workspace, key, lastUse);
	}

	function answerIn(workspace: WorkspaceRecord | undefined, key: KeyRecord, lastUse?: LastUse): KeyAnswer {
		return keyAnswer(key, domain.clock.now(), { idleDays: workspace?.idleDays, lastUse });
	}

	function changing(change: typeof disableKey) {
		return async (
			{ access, author }: ManagementContext,
			{ params }: { readonly params: { readonly keyId: string } },
		): Promise<KeyAnswer | Problem> => {
			const key = await access.key(params.keyId);
			if (key instanceof Problem) return key;
			const changed = await change(domain, key, author);
			return changed instanceof Problem ? changed : answer(changed);
		};
	}

	return {
		"keys.create": async ({ access, author, granting, once }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const refusal = refuseBeyond(granting, body.scopes);
			if (refusal !== undefined) return refusal;
			const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
			const wish = { ...body, workspaceId: workspace.id, expiresAt };
			return once(
				({ key, token }: IssuedKey) => ({ ...answerIn(workspace, key), token }),
				(keeping) => issueKey(domain, wish, author, keeping),
			);
		},
		"keys.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			const filter = keyFilter(query, domain.clock.now());
			if (page instanceof Problem || filter instanceof Problem) {
				return invalid(...fieldsOf(page), ...fieldsOf(filter));
			}
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await keys.list(workspace.id, { ...page, ...filter });
			const lastUses = await usage.lastUses(found.records.map((key) => key.id));
			return pageAnswer(found, (key) => answerIn(workspace, key, lastUses.get(key.id)));
		},
		"keys.get": async ({ access }, { params }) => {
			const key = await access.key(params.keyId);
			return key instanceof Problem ? key : answer(key);
		},
		"keys.change": async ({ access, author, granting }, { params, body }) => {
			const key = await access.key(params.keyId);
			if (key instanceof Problem) return key;
			const added = (body.scopes ?? []).filter((scope) => !key.scopes.includes(scope));
			const refusal = refuseBeyond(granting, added);
			if (refusal !== undefined) return refusal;
			const expiresAt = typeof body.expiresAt === "string" ? Date.parse(body.expiresAt) : body.expiresAt;
			const changed = await changeKey(domain, key, { ...body, expiresAt }, author);
			return changed instanceof Problem ? changed : answer(changed);
		},
		"keys.disable": changing(disableKey),
		"keys.enable": changing(enableKey),
		"keys.revoke": changing(revokeKey),
		"keys.rotate": async ({ access, author, granting, once }, { params, body }) => {
			const key = await access.key(params.keyId);
			if (key instanceof Problem) return key;
			const refusal = refuseBeyond(granting, key.scopes);
			if (refusal !== undefined) return refusal;
			// Beforehand, because the answer is kept inside the transaction that rotates.
			const [workspace, lastUse] = await surroundings(key);
			return once(
				(rotated: IssuedKey) => ({ ...answerIn(workspace, rotated.key, lastUse), token: rotated.token }),
				(keeping) => rotateKey(domain, key, body.overlapSeconds, author, keeping),
			);
		},
		"keys.delete": async ({ access, author }, { params }) => {
			const key = await access.key(params.keyId);
			return key instanceof Problem ? key : deleteKey(domain, key, author);
		},
	};
}
