/** Who made a change. */
export type Actor =
	| { readonly type: "account"; readonly id: string; readonly keyId?: string }
	| { readonly type: "command-line" };

/** One change, as the record keeps it: written in the same transaction as the change. No secrets in it, ever. */
export interface AuditEntry {
	readonly id: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly actor: Actor;
	/** The caller's address; absent for the command line. */
	readonly address?: string;
	/** What was done, by the endpoint's name: `keys.rotate`. */
	readonly action: string;
	readonly workspaceId?: string;
	readonly targetType: "workspace" | "place" | "key";
	readonly targetId: string;
	/** The fields that changed, as they were and as they are. */
	readonly before?: Readonly<Record<string, unknown>>;
	readonly after?: Readonly<Record<string, unknown>>;
}
