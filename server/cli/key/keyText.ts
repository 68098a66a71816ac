import type { KeyResponse } from "../../api/serializeKey.js";
import type { KeyRecord } from "../../model/key.js";
import { colour } from "../support/colour.js";
import { fieldsText, plain } from "../support/output.js";

/** A key for people: every field that says something. */
export function keyText(key: KeyResponse): string {
	const { rateLimit, quota, lastUse } = key;
	return fieldsText([
		["id", key.id],
		["name", key.name],
		["description", key.description],
		["workspace", key.workspaceId],
		["kind", key.kind],
		["status", key.status],
		["token", key.tokenStart.endsWith("…") ? key.tokenStart : `${key.tokenStart}…`],
		["scopes", key.scopes.length === 0 ? "none: it can verify, and nothing else" : key.scopes.join(", ")],
		["places", key.kind === "game" ? key.placeIds.join(", ") || "every place of the workspace" : undefined],
		["addresses", key.allowedIps.join(", ") || "any"],
		["rate limit", rateLimit && `${rateLimit.limit} calls in ${rateLimit.windowSeconds} s, on each instance`],
		["quota", quota && `${quota.limit} calls a ${quota.period}`],
		["expires", key.expiresAt ?? "never"],
		["last used", lastUse === undefined ? "never" : lastUseText(lastUse)],
		["rotated", key.rotatedAt],
		["old token until", key.previousValidUntil],
		["old token used", key.previousLastUsedAt],
		["revoked", key.revokedAt],
		["created", key.createdAt],
		["changed", key.updatedAt],
	]);
}

/** A key for people, in a sentence. */
export function keyMention({ id, name }: Pick<KeyRecord, "id" | "name">): string {
	return `the key ${id} ("${plain(name)}")`;
}

/** A token, as it is shown the one time it is. */
export function tokenText(token: string): string {
	return `The token, shown this once:\n\n  ${colour("bold", token)}`;
}

function lastUseText({ at, placeId, address }: NonNullable<KeyResponse["lastUse"]>): string {
	return `${at}, ${placeId === undefined ? "" : `place ${placeId}, `}from ${address}`;
}
