import type { Role, RoleNeeded } from "../../shared/endpoint.js";
import { Problem } from "../core/problem.js";
import type { AccountRecord } from "../model/account.js";
import type { KeyRecord } from "../model/key.js";
import { includesRole } from "../model/member.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Store } from "../store/store.js";

/**
 * What an account may access in one request. Roles are read for each request, so
 * a removed role ends immediately. Workspaces the account is not a member of are
 * `not_found`, exactly like those that do not exist; a member whose role is too
 * low gets `role_missing`.
 */
export class Access {
	constructor(
		private readonly store: Pick<Store, "workspaces" | "members" | "keys">,
		private readonly account: AccountRecord,
		/** What the endpoint requires. */
		private readonly required: RoleNeeded | undefined,
	) {}

	/** Undefined if the account is not a member of the workspace. Operators are owners everywhere. */
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
			return new Problem("not_found", { detail: "There is no workspace with this ID." });
		}
		return this.#roleProblem(role) ?? workspace;
	}

	/** A key of a workspace. Admin keys belong to accounts, so they are `not_found` here. */
	async key(keyId: string): Promise<KeyRecord | Problem> {
		const key = await this.store.keys.findById(keyId);
		const role = key?.workspaceId === undefined ? undefined : await this.roleIn(key.workspaceId);
		// The ID is not repeated: it could be a token sent by mistake, and details are logged.
		if (key === undefined || role === undefined) {
			return new Problem("not_found", { detail: "There is no key with this ID." });
		}
		return this.#roleProblem(role) ?? key;
	}

	#roleProblem(role: Role): Problem | undefined {
		const { required } = this;
		if (required === undefined) return undefined;
		if (required === "operator" ? this.account.operator : includesRole(role, required)) return undefined;
		return roleMissing(required);
	}
}

export function roleMissing(required: RoleNeeded): Problem {
	const what = required === "operator" ? "an instance operator" : `the role ${required} in this workspace`;
	return new Problem("role_missing", { detail: `This request requires ${what}.` });
}
