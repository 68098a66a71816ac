import { Problem } from "../problem.js";
import type { WorkspaceStore } from "../store/store.js";
import type { WorkspaceRecord } from "../workspaces/workspace.js";
import type { AccountRecord } from "./account.js";

/** Whether the account may see and change the workspace. An instance operator may, everywhere. */
export function mayManage(account: AccountRecord): boolean {
	return account.operator;
}

/** The workspace, if it is there and the account may see it; otherwise `not_found`, whichever it was. */
export async function visibleWorkspace(
	workspaces: WorkspaceStore,
	account: AccountRecord,
	workspaceId: string,
): Promise<WorkspaceRecord | Problem> {
	const workspace = mayManage(account) ? await workspaces.findById(workspaceId) : undefined;
	return workspace ?? new Problem("not_found", { detail: "There is no workspace with this id." });
}
