import type { Role } from "../../shared/endpoint.js";

/** A link that works once. */
export interface OneTimeLinkRecord {
	readonly id: string;
	/** `setup` creates the first account, `invitation` is for joining a workspace, `reset` for a new password. */
	readonly purpose: "setup" | "invitation" | "reset";
	/** SHA-256 of the code in the link, which is not stored. */
	readonly digest: Buffer;
	/** Of an invitation. */
	readonly workspaceId?: string;
	readonly role?: Role;
	readonly note?: string;
	/** The account that created it and the admin key it used: the link is valid only while these may create it. Absent: the command line. */
	readonly madeBy?: string;
	readonly madeWith?: string;
	/** The account whose password a reset changes. */
	readonly accountId?: string;
	readonly createdAt: number;
	/** From when on it counts as absent. */
	readonly expiresAt: number;
}
