import type { workspaceRecord } from "@shared/endpoints/records.js";
import type { Infer } from "@shared/schema.js";
import { useOutletContext } from "react-router";

export type Workspace = Infer<typeof workspaceRecord>;

/** The workspace this page belongs to; `WorkspaceFrame` provides it. */
export function useWorkspace(): Workspace {
	return useOutletContext<Workspace>();
}

/** Whether the account can edit keys and places. Viewers cannot. */
export function useCanEdit(): boolean {
	const { role } = useWorkspace();
	return role === "owner" || role === "admin";
}
