import type { AccountRecord } from "../accounts/account.js";
import { mayManage, visibleWorkspace } from "../accounts/permissions.js";
import type { Domain } from "../domain.js";
import type { Handlers, ManagementContext } from "../handler.js";
import { pageAnswer, pageRequest } from "../paging.js";
import { Problem } from "../problem.js";
import type { WorkspaceRecord } from "../workspaces/workspace.js";
import { changeKey, deleteKey, disableKey, enableKey, revokeKey } from "./changeKey.js";
import type { Admission } from "./gate.js";
import { issueKey } from "./issueKey.js";
import type { KeyRecord } from "./key.js";
import { type KeyAnswer, keyAnswer } from "./keyAnswer.js";
import { scopesBeyond } from "./keyRules.js";
import { rotateKey } from "./rotateKey.js";

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

	async function visibleKey(account: AccountRecord, keyId: string): Promise<KeyRecord | Problem> {
		const key = mayManage(account) ? await keys.findById(keyId) : undefined;
		// The id is not repeated: somebody may have put a token in its place, and details are logged.
		if (key?.workspaceId === undefined) {
			return new Problem("not_found", { detail: "There is no key with this id." });
		}
		return key;
	}

	async function answer(key: KeyRecord): Promise<KeyAnswer> {
		const [workspace, lastUse] = await Promise.all([
			workspaces.findById(key.workspaceId ?? ""),
			usage.lastUse(key.id),
		]);
		return answerIn(workspace, key, lastUse?.at);
	}

	function answerIn(workspace: WorkspaceRecord | undefined, key: KeyRecord, lastUsedAt?: number): KeyAnswer {
		return keyAnswer(key, domain.clock.now(), { idleDays: workspace?.idleDays, lastUsedAt });
	}

	function changing(change: typeof disableKey) {
		return async (
			{ account, author }: ManagementContext,
			{ params }: { readonly params: { readonly keyId: string } },
		): Promise<KeyAnswer | Problem> => {
			const key = await visibleKey(account, params.keyId);
			if (key instanceof Problem) return key;
			const changed = await change(domain, key, author);
			return changed instanceof Problem ? changed : answer(changed);
		};
	}

	return {
		"keys.create": async ({ account, author, admission }, { params, body }) => {
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const refusal = refuseBeyond(admission, body.scopes);
			if (refusal !== undefined) return refusal;
			const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
			const issued = await issueKey(domain, { ...body, workspaceId: workspace.id, expiresAt }, author);
			if (issued instanceof Problem) return issued;
			return { ...answerIn(workspace, issued.key), token: issued.token };
		},
		"keys.list": async ({ account }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await keys.list(workspace.id, page);
			const lastUses = await usage.lastUses(found.records.map((key) => key.id));
			return pageAnswer(found, (key) => answerIn(workspace, key, lastUses.get(key.id)?.at));
		},
		"keys.get": async ({ account }, { params }) => {
			const key = await visibleKey(account, params.keyId);
			return key instanceof Problem ? key : answer(key);
		},
		"keys.change": async ({ account, author, admission }, { params, body }) => {
			const key = await visibleKey(account, params.keyId);
			if (key instanceof Problem) return key;
			const added = (body.scopes ?? []).filter((scope) => !key.scopes.includes(scope));
			const refusal = refuseBeyond(admission, added);
			if (refusal !== undefined) return refusal;
			const expiresAt = typeof body.expiresAt === "string" ? Date.parse(body.expiresAt) : body.expiresAt;
			const changed = await changeKey(domain, key, { ...body, expiresAt }, author);
			return changed instanceof Problem ? changed : answer(changed);
		},
		"keys.disable": changing(disableKey),
		"keys.enable": changing(enableKey),
		"keys.revoke": changing(revokeKey),
		"keys.rotate": async ({ account, author, admission }, { params, body }) => {
			const key = await visibleKey(account, params.keyId);
			if (key instanceof Problem) return key;
			const refusal = refuseBeyond(admission, key.scopes);
			if (refusal !== undefined) return refusal;
			const rotated = await rotateKey(domain, key, body.overlapSeconds, author);
			if (rotated instanceof Problem) return rotated;
			return { ...(await answer(rotated.key)), token: rotated.token };
		},
		"keys.delete": async ({ account, author }, { params }) => {
			const key = await visibleKey(account, params.keyId);
			return key instanceof Problem ? key : deleteKey(domain, key, author);
		},
	};
}

function refuseBeyond({ identity }: Admission, scopes: readonly string[]): Problem | undefined {
	const beyond = scopesBeyond(identity.key.value, scopes);
	if (beyond.length === 0) return undefined;
	return new Problem("scope_missing", {
		detail: `Your key lacks what it would grant: ${beyond.join(", ")}.`,
	});
}
