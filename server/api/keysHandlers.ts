import type { Services } from "../core/context.js";
import { fieldsOf, invalid, Problem } from "../core/problem.js";
import { changeKey, deleteKey, disableKey, enableKey, revokeKey } from "../keys/changeKey.js";
import { type IssuedKey, issueKey } from "../keys/issueKey.js";
import { keyFilter } from "../keys/keyFilter.js";
import { scopeEscalation } from "../keys/keyRules.js";
import { rotateKey } from "../keys/rotateKey.js";
import type { KeyRecord } from "../model/key.js";
import type { LastUse } from "../model/usage.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Handlers, ManagementContext } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { type KeyResponse, serializeKey } from "./serializeKey.js";

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

/** A workspace's keys. Admin keys belong to accounts and are not found here. */
export function keyHandlers(services: Services): KeyHandlers {
	const { keys, workspaces, usage } = services.store;

	function loadContext(key: KeyRecord): Promise<[WorkspaceRecord | undefined, LastUse | undefined]> {
		return Promise.all([workspaces.findById(key.workspaceId ?? ""), usage.lastUse(key.id)]);
	}

	async function toResponse(key: KeyRecord): Promise<KeyResponse> {
		const [workspace, lastUse] = await loadContext(key);
		return toResponseIn(workspace, key, lastUse);
	}

	function toResponseIn(
		workspace: WorkspaceRecord | undefined,
		key: KeyRecord,
		lastUse?: LastUse,
	): KeyResponse {
		return serializeKey(key, services.clock.now(), { idleDays: workspace?.idleDays, lastUse });
	}

	function changeHandler(change: typeof disableKey) {
		return async (
			{ access, auditContext }: ManagementContext,
			{ params }: { readonly params: { readonly keyId: string } },
		): Promise<KeyResponse | Problem> => {
			const key = await access.key(params.keyId);
			if (key instanceof Problem) return key;
			const changed = await change(services, key, auditContext);
			return changed instanceof Problem ? changed : toResponse(changed);
		};
	}

	return {
		"keys.create": async ({ access, auditContext, actingKey, runIdempotent }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const problem = scopeEscalation(actingKey, body.scopes);
			if (problem !== undefined) return problem;
			const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
			const input = { ...body, workspaceId: workspace.id, expiresAt };
			return runIdempotent(
				({ key, token }: IssuedKey) => ({ ...toResponseIn(workspace, key), token }),
				(idempotencyWrite) => issueKey(services, input, auditContext, idempotencyWrite),
			);
		},
		"keys.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			const filter = keyFilter(query, services.clock.now());
			if (page instanceof Problem || filter instanceof Problem) {
				return invalid(...fieldsOf(page), ...fieldsOf(filter));
			}
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await keys.list(workspace.id, { ...page, ...filter });
			const lastUses = await usage.lastUses(found.records.map((key) => key.id));
			return serializePage(found, (key) => toResponseIn(workspace, key, lastUses.get(key.id)));
		},
		"keys.get": async ({ access }, { params }) => {
			const key = await access.key(params.keyId);
			return key instanceof Problem ? key : toResponse(key);
		},
		"keys.change": async ({ access, auditContext, actingKey }, { params, body }) => {
			const key = await access.key(params.keyId);
			if (key instanceof Problem) return key;
			const added = (body.scopes ?? []).filter((scope) => !key.scopes.includes(scope));
			const problem = scopeEscalation(actingKey, added);
			if (problem !== undefined) return problem;
			const expiresAt = typeof body.expiresAt === "string" ? Date.parse(body.expiresAt) : body.expiresAt;
			const changed = await changeKey(services, key, { ...body, expiresAt }, auditContext);
			return changed instanceof Problem ? changed : toResponse(changed);
		},
		"keys.disable": changeHandler(disableKey),
		"keys.enable": changeHandler(enableKey),
		"keys.revoke": changeHandler(revokeKey),
		"keys.rotate": async ({ access, auditContext, actingKey, runIdempotent }, { params, body }) => {
			const key = await access.key(params.keyId);
			if (key instanceof Problem) return key;
			const problem = scopeEscalation(actingKey, key.scopes);
			if (problem !== undefined) return problem;
			// Loaded first: the response is stored in the transaction that rotates.
			const [workspace, lastUse] = await loadContext(key);
			return runIdempotent(
				(rotated: IssuedKey) => ({ ...toResponseIn(workspace, rotated.key, lastUse), token: rotated.token }),
				(idempotencyWrite) => rotateKey(services, key, body.overlapSeconds, auditContext, idempotencyWrite),
			);
		},
		"keys.delete": async ({ access, auditContext }, { params }) => {
			const key = await access.key(params.keyId);
			return key instanceof Problem ? key : deleteKey(services, key, auditContext);
		},
	};
}
