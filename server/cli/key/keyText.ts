import type { KeyResponse } from "../../api/serializeKey.js";
import type { KeyRecord } from "../../model/key.js";
import { colour } from "../support/colour.js";
import { fieldsText, printable } from "../support/output.js";

/** A key as text, without empty fields. */
export function keyText(key: KeyResponse): string {
	const { rateLimit, quota, lastUse } = key;
	return fieldsText([
		["ID", key.id],
		["name", key.name],
		["description", key.description],
		["workspace", key.workspaceId],
		["kind", key.kind],
		["status", key.status],
		["token", key.tokenStart.endsWith("…") ? key.tokenStart : `${key.tokenStart}…`],
		["scopes", key.scopes.length === 0 ? "none (can only verify)" : key.scopes.join(", ")],
		["places", key.kind === "game" ? key.placeIds.join(", ") || "all places in the workspace" : undefined],
		["allowed IPs", key.allowedIps.join(", ") || "any"],
		[
			"rate limit",
			rateLimit && `${rateLimit.limit} requests in ${rateLimit.windowSeconds} s, on each instance`,
		],
		["quota", quota && `${quota.limit} requests per ${quota.period}`],
		["expires", key.expiresAt ?? "never"],
		["last used", lastUse === undefined ? "never" : lastUseText(lastUse)],
		["rotated", key.rotatedAt],
		["old token valid until", key.previousValidUntil],
		["old token last used", key.previousLastUsedAt],
		["revoked", key.revokedAt],
		["created", key.createdAt],
		["updated", key.updatedAt],
	]);
}

/** A key inside a sentence. */
export function describeKey({ id, name }: Pick<KeyRecord, "id" | "name">): string {
	return `key ${id} ("${printable(name)}")`;
}

/** A token, shown only once. */
export function tokenText(token: string): string {
	return `Token (shown only once):\n\n  ${colour("bold", token)}`;
}

function lastUseText({ at, placeId, address }: NonNullable<KeyResponse["lastUse"]>): string {
	return `${at}, ${placeId === undefined ? "" : `place ${placeId}, `}from ${address}`;
}
