import type { Role } from "../../shared/endpoint.js";
import type { workspaceRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import { isoTime } from "../primitives/timestamps.js";

/** A workspace as the API returns it. `role`: the caller's role in it. */
export function serializeWorkspace(
	{ id, name, status, placeProof, idleDays, maxKeys, createdAt, updatedAt }: WorkspaceRecord,
	role: Role | undefined,
): Infer<typeof workspaceRecord> {
	return {
		id,
		name,
		status,
		placeProof,
		idleDays,
		maxKeys,
		role,
		createdAt: isoTime(createdAt),
		updatedAt: isoTime(updatedAt),
	};
}
