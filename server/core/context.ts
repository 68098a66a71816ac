import type { Actor, AuditEntry } from "../model/auditEntry.js";
import { randomBase62 } from "../primitives/base62.js";
import type { Clock } from "../primitives/clock.js";
import type { ServerSecrets } from "../secrets/token.js";
import type { Change, Store } from "../store/store.js";

/** What every change needs. */
export interface Services {
	readonly store: Store;
	readonly clock: Clock;
	readonly secrets: ServerSecrets;
	/** Drops a record from this process's caches. Call it before the change is reported. */
	invalidate(change: Change): void;
}

/** Who makes a change, for the audit log. */
export interface AuditContext {
	readonly actor: Actor;
	readonly address?: string;
}

export const commandLine: AuditContext = { actor: { type: "command-line" } };

/** An ID such as `ws_8Fh2kQ0pLm3x`. */
export function newId(prefix: "ws" | "aud" | "acc" | "ses" | "inv" | "lnk"): string {
	return `${prefix}_${randomBase62(prefix === "aud" ? 16 : 12)}`;
}

/** The audit entry of a change. Store both in one transaction. */
export function createAuditEntry(
	auditContext: AuditContext,
	at: number,
	change: Pick<AuditEntry, "action" | "workspaceId" | "targetType" | "targetId" | "before" | "after">,
): AuditEntry {
	return { id: newId("aud"), at, actor: auditContext.actor, address: auditContext.address, ...change };
}
