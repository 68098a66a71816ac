import type { Role, RoleNeeded } from "../../shared/endpoint.js";
import { Problem } from "../core/problem.js";
import type { AccountRecord } from "../model/account.js";
import type { KeyRecord } from "../model/key.js";
import { includesRole } from "../model/member.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Store } from "../store/store.js";

/**
 * What an account may reach in one call. Roles are read at the moment of the
 * call, so nobody keeps a role that was taken away. Who does not belong to a
 * workspace is told `not_found`, exactly like for one that does not exist; who
 * belongs to it, but may too little, `role_missing`.
 */
export class Access {
	constructor(
		private readonly store: Pick<Store, "workspaces" | "members" | "keys">,
		private readonly account: AccountRecord,
		/** What the endpoint asks for. */
		private readonly needed: RoleNeeded | undefined,
	) {}

	/** Undefined: the account does not belong to the workspace. Operators are owners everywhere. */
	async roleIn(workspaceId: string): Promise<Role | undefined> {
		if (this.account.operator) return "owner";
		return (await this.store.members.find(workspaceId, this.account.id))?.role;
	}

	async workspace(workspaceId: string): Promise<WorkspaceRecord | Problem> {
		const [role, workspace] = await Promise.all([
			this.roleIn(workspaceId),
			this.store.workspaces.findById(workspaceId),
		]);
		if (workspace === undefined || role === undefined) {
			return new Problem("not_found", { detail: "There is no workspace with this id." });
		}
		return this.#roleEscalation(role) ?? workspace;
	}

	/** A key of a workspace. Admin keys belong to accounts and are not found here. */
	async key(keyId: string): Promise<KeyRecord | Problem> {
		const key = await this.store.keys.findById(keyId);
		const role = key?.workspaceId === undefined ? undefined : await this.roleIn(key.workspaceId);
		// The id is not repeated: somebody may have put a token in its place, and details are logged.
		if (key === undefined || role === undefined) {
			return new Problem("not_found", { detail: "There is no key with this id." });
		}
		return this.#roleEscalation(role) ?? key;
	}

	#roleEscalation(role: Role): Problem | undefined {
		const { needed } = this;
		if (needed === undefined) return undefined;
		if (needed === "operator" ? this.account.operator : includesRole(role, needed)) return undefined;
		return roleMissing(needed);
	}
}

export function roleMissing(needed: RoleNeeded): Problem {
	const who = needed === "operator" ? "an instance operator" : `the role ${needed} in this workspace`;
	return new Problem("role_missing", { detail: `The call needs ${who}.` });
}
