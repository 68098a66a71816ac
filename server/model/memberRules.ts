import type { Role } from "../../shared/endpoint.js";
import { limits } from "../../shared/limits.js";
import { includesRole, type MemberRecord } from "./member.js";

export type MemberObstacle = "workspace_missing" | "limit_reached";

/** Why a workspace cannot have one more member; undefined when it can. `members`: undefined without a workspace. */
export function memberObstacle(members: number | undefined): MemberObstacle | undefined {
	if (members === undefined) return "workspace_missing";
	return members < limits.membersPerWorkspace ? undefined : "limit_reached";
}

export type JoinObstacle = "link_used" | MemberObstacle;

/** Why an account cannot join with an invitation; undefined when it can. */
export function joinObstacle(facts: {
	readonly linkUsed: boolean;
	readonly accountExists: boolean;
	/** The membership that the account has already. */
	readonly existing: MemberRecord | undefined;
	/** How many members the workspace has; undefined when it does not exist. */
	readonly members: number | undefined;
}): JoinObstacle | undefined {
	if (facts.linkUsed) return "link_used";
	if (!facts.accountExists) return "workspace_missing";
	return facts.existing === undefined ? memberObstacle(facts.members) : undefined;
}

/** The role of a member who uses an invitation: the higher of the two, never a lower one. */
export function roleAfterJoining(existing: Role, invited: Role): Role {
	return includesRole(existing, invited) ? existing : invited;
}

export type MemberChangeObstacle = "missing" | "last_owner";

/**
 * Why a member cannot get another role or, without `role`, leave; undefined when
 * they can. A workspace always keeps an owner whose account is not disabled.
 */
export function memberChangeObstacle(
	{ role: current }: MemberRecord,
	/** Whether the workspace has another owner whose account is not disabled. */
	otherOwner: boolean,
	role?: Role,
): "last_owner" | undefined {
	return current === "owner" && role !== "owner" && !otherOwner ? "last_owner" : undefined;
}
