import type { workspaceRecord } from "../../../shared/endpoints/records.js";
import type { Infer } from "../../../shared/schema.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { fieldsText, printable } from "../support/output.js";

/** A workspace as text. */
export function workspaceText(workspace: Infer<typeof workspaceRecord>): string {
	const { id, name, status, placeProof, idleDays, maxKeys, createdAt, updatedAt } = workspace;
	return fieldsText([
		["ID", id],
		["name", name],
		["status", status],
		["place proof", placeProof ?? "server default"],
		["keys expire unused after", idleDays === undefined ? "never" : `${idleDays} days`],
		["key limit", String(maxKeys)],
		["created", createdAt],
		["updated", updatedAt],
	]);
}

/** A workspace inside a sentence. */
export function describeWorkspace({ id, name }: Pick<WorkspaceRecord, "id" | "name">): string {
	return `workspace ${id} ("${printable(name)}")`;
}
