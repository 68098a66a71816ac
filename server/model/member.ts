import type { Role } from "../../shared/endpoint.js";

/** The membership of an account in a workspace. */
export interface MemberRecord {
	readonly workspaceId: string;
	readonly accountId: string;
	readonly role: Role;
	readonly createdAt: number;
}

/** A membership with the fields that lists are ordered by. */
export function withListPosition(member: MemberRecord): MemberRecord & { readonly id: string } {
	return { ...member, id: member.accountId };
}

const ranks: Readonly<Record<Role, number>> = { viewer: 1, admin: 2, owner: 3 };

/** Whether a role includes another: owners may do everything admins may, and admins everything viewers may. */
export function includesRole(role: Role, needed: Role): boolean {
	return ranks[role] >= ranks[needed];
}
