import type { AuditAction, AuditTargetType } from "../../shared/auditActions.js";

/** Who made a change. */
export type Actor =
	| { readonly type: "account"; readonly id: string; readonly keyId?: string }
	| { readonly type: "command-line" };

/** The record of one change, written in the same transaction as the change. Never contains a secret. */
export interface AuditEntry {
	readonly id: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly actor: Actor;
	/** The caller's address; absent for the command line. */
	readonly address?: string;
	readonly action: AuditAction;
	readonly workspaceId?: string;
	readonly targetType: AuditTargetType;
	readonly targetId: string;
	/** The fields that changed, before and after. */
	readonly before?: Readonly<Record<string, unknown>>;
	readonly after?: Readonly<Record<string, unknown>>;
}

/** Which entries to return. Absent fields do not filter. */
export interface AuditFilter {
	readonly workspaceId?: string;
	/** An account's ID, or `command-line`. */
	readonly actor?: string;
	/** The key the actor used. */
	readonly keyId?: string;
	readonly action?: AuditAction;
	readonly targetId?: string;
	/** Not older than this, milliseconds since the Unix epoch. */
	readonly from?: number;
	/** Older than this. */
	readonly to?: number;
}

/** The command line as an actor, in filters. */
export const commandLineActor = "command-line";
