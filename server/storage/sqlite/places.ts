import { applyChanges } from "../../model/applyChanges.js";
import { replacePlace } from "../../model/place.js";
import type { PlaceStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import { placeRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

export function sqlitePlaces(
	connection: Connection,
	writeAudit: WriteAudit,
	writeChange: WriteChange,
): PlaceStore {
	const find = findOne(connection, "places", placeRows, ["workspace_id", "id"]);
	const insert = insertInto(connection, "places", placeRows);
	const update = updateIn(connection, "places", placeRows, ["workspace_id", "id"]);
	const remove = connection.prepare("DELETE FROM places WHERE workspace_id = ? AND id = ?");
	const pages = pagesOf(connection, { table: "places", where: "workspace_id = ?", rows: placeRows });
	const workspace = connection.prepare("SELECT 1 FROM workspaces WHERE id = ?");

	return {
		allow: (place, audit) =>
			connection.write(() => {
				if (workspace.get(place.workspaceId) === undefined) return undefined;
				const before = find(place.workspaceId, place.id);
				const after = replacePlace(before, place);
				if (before === undefined) insert(after);
				else update(after);
				writeAudit(audit);
				writeChange({ type: "place", workspaceId: place.workspaceId, placeId: place.id });
				return after;
			}),
		find: (workspaceId, placeId) => connection.read(() => find(workspaceId, placeId)),
		list: (workspaceId, page) => connection.read(() => pages(page, workspaceId)),
		change: (workspaceId, placeId, changes, audit) =>
			connection.write(() => {
				const before = find(workspaceId, placeId);
				if (before === undefined) return undefined;
				const after = applyChanges(before, changes);
				update(after);
				writeAudit(audit);
				writeChange({ type: "place", workspaceId, placeId });
				return after;
			}),
		delete: (workspaceId, placeId, audit) =>
			connection.write(() => {
				if (remove.run(workspaceId, placeId).changes === 0) return "missing";
				writeAudit(audit);
				writeChange({ type: "place", workspaceId, placeId });
				return "deleted";
			}),
	};
}
