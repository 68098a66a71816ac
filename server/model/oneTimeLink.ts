import type { Role } from "../../shared/endpoint.js";

/** A link that was handed out and works once. */
export interface OneTimeLinkRecord {
	readonly id: string;
	/** `setup` makes the first account, `invitation` lets somebody join, `reset` lets somebody choose a password. */
	readonly purpose: "setup" | "invitation" | "reset";
	/** SHA-256 of the code in the link, which is not kept. */
	readonly digest: Buffer;
	/** Of an invitation. */
	readonly workspaceId?: string;
	readonly role?: Role;
	readonly note?: string;
	/** The account that made it, and the admin key it used: it is good only while these may make it. Absent: the command line. */
	readonly madeBy?: string;
	readonly madeWith?: string;
	/** Whose password, of a reset. */
	readonly accountId?: string;
	readonly createdAt: number;
	/** From when on it counts as absent. */
	readonly expiresAt: number;
}
