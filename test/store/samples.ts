import { randomBytes } from "node:crypto";
import { builtInOperatorId } from "../../server/accounts/account.js";
import type { AuditEntry } from "../../server/audit/auditEntry.js";
import type { KeyRecord } from "../../server/keys/key.js";
import type { PlaceRecord } from "../../server/places/place.js";
import type { WorkspaceRecord } from "../../server/workspaces/workspace.js";

/** A moment that tests count from. Later than 2^32, as all moments are. */
export const someTime = 1_780_000_000_000;

let count = 0;

/** An id that nothing else in the run has. */
export function newId(prefix: string): string {
	count++;
	return `${prefix}_${randomBytes(6).toString("hex")}${count}`;
}

export function workspace(fields: Partial<WorkspaceRecord> = {}): WorkspaceRecord {
	return {
		id: newId("ws"),
		name: "Obby",
		status: "active",
		maxKeys: 1000,
		createdAt: someTime,
		updatedAt: someTime,
		...fields,
	};
}

export function place(workspaceId: string, fields: Partial<PlaceRecord> = {}): PlaceRecord {
	return {
		workspaceId,
		id: String(1_000_000 + ++count),
		status: "active",
		createdAt: someTime,
		updatedAt: someTime,
		...fields,
	};
}

export function key(workspaceId: string, fields: Partial<KeyRecord> = {}): KeyRecord {
	return {
		id: newId("k"),
		workspaceId,
		kind: "game",
		name: newId("Key"),
		scopes: [],
		placeIds: [],
		allowedIps: [],
		digest: randomBytes(32),
		createdAt: someTime,
		updatedAt: someTime,
		...fields,
	};
}

export function adminKey(fields: Partial<KeyRecord> = {}): KeyRecord {
	const { workspaceId: _, ...rest } = key("");
	return { ...rest, accountId: builtInOperatorId, kind: "admin", ...fields };
}

export function audit(fields: Partial<AuditEntry> = {}): AuditEntry {
	return {
		id: newId("au"),
		at: someTime,
		actor: { type: "command-line" },
		action: "keys.create",
		targetType: "key",
		targetId: "target",
		...fields,
	};
}
