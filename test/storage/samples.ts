import { randomBytes } from "node:crypto";
import { type AccountRecord, builtInOperatorId } from "../../server/model/account.js";
import type { AuditEntry } from "../../server/model/auditEntry.js";
import type { Denial } from "../../server/model/denial.js";
import type { KeyRecord } from "../../server/model/key.js";
import type { OneTimeLinkRecord } from "../../server/model/oneTimeLink.js";
import type { PlaceRecord } from "../../server/model/place.js";
import type { SessionRecord } from "../../server/model/session.js";
import type { WorkspaceRecord } from "../../server/model/workspace.js";

/**
 * The base time of tests. Above 2^32, as all real times are, and far in the
 * future: MongoDB deletes what expired by its own clock.
 */
export const someTime = 4_100_000_000_000;

let count = 0;

/** An ID that is unique in the test run. */
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

export function denial(workspaceId: string, fields: Partial<Denial> = {}): Denial {
	return {
		id: newId("dn"),
		workspaceId,
		keyId: "k_1",
		code: "place_not_allowed",
		address: "192.0.2.1",
		count: 1,
		firstAt: someTime,
		lastAt: someTime,
		...fields,
	};
}

export function account(fields: Partial<AccountRecord> = {}): AccountRecord {
	return {
		id: newId("acc"),
		name: newId("Ann"),
		operator: false,
		passwordHash: "$argon2id$v=19$sample",
		createdAt: someTime,
		...fields,
	};
}

export function session(accountId: string, fields: Partial<SessionRecord> = {}): SessionRecord {
	return {
		id: newId("ses"),
		accountId,
		digest: randomBytes(32),
		address: "192.0.2.1",
		createdAt: someTime,
		lastSeenAt: someTime,
		expiresAt: someTime + 1_000_000,
		...fields,
	};
}

function link(fields: Pick<OneTimeLinkRecord, "purpose"> & Partial<OneTimeLinkRecord>): OneTimeLinkRecord {
	return {
		id: newId("otl"),
		digest: randomBytes(32),
		createdAt: someTime,
		expiresAt: someTime + 1_000_000,
		...fields,
	};
}

export function setupLink(fields: Partial<OneTimeLinkRecord> = {}): OneTimeLinkRecord {
	return link({ purpose: "setup", ...fields });
}

export function invitation(workspaceId: string, fields: Partial<OneTimeLinkRecord> = {}): OneTimeLinkRecord {
	return link({ purpose: "invitation", workspaceId, role: "viewer", ...fields });
}

export function resetLink(accountId: string, fields: Partial<OneTimeLinkRecord> = {}): OneTimeLinkRecord {
	return link({ purpose: "reset", accountId, ...fields });
}
