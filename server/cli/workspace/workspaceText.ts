import type { workspaceRecord } from "../../../shared/endpoints/records.js";
import type { Infer } from "../../../shared/schema.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { fieldsText, plain } from "../support/output.js";

/** A workspace for people. */
export function workspaceText(workspace: Infer<typeof workspaceRecord>): string {
	const { id, name, status, placeProof, idleDays, maxKeys, createdAt, updatedAt } = workspace;
	return fieldsText([
		["id", id],
		["name", name],
		["status", status],
		["place proof", placeProof ?? "as the server is set"],
		["idle after", idleDays === undefined ? "never" : `${idleDays} days without use`],
		["most keys", String(maxKeys)],
		["created", createdAt],
		["changed", updatedAt],
	]);
}

/** A workspace for people, in a sentence. */
export function workspaceMention({ id, name }: Pick<WorkspaceRecord, "id" | "name">): string {
	return `the workspace ${id} ("${plain(name)}")`;
}
