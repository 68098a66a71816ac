import { applyChanges } from "../../model/applyChanges.js";
import { replacePlace } from "../../model/place.js";
import type { PlaceStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { placeDocumentId } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toPlace } from "./documents.js";
import { pageOf } from "./pages.js";

export function mongoPlaces(database: MongoDatabase): PlaceStore {
	return {
		allow: (place, audit) =>
			database.transaction(async (session, collections) => {
				const { holdings, places } = collections;
				const held = await holdings.updateOne(
					{ _id: place.workspaceId },
					{ $inc: { places: 1 } },
					{ session },
				);
				if (held.matchedCount === 0) return undefined;
				const _id = placeDocumentId(place.workspaceId, place.id);
				const before = await places.findOne({ _id }, { session });
				const after = replacePlace(before ?? undefined, place);
				await places.replaceOne({ _id }, after, { session, upsert: true });
				await writeAudit(collections, audit, session);
				return after;
			}),
		find: (workspaceId, placeId) =>
			database.run(async ({ places }) => {
				const document = await places.findOne({ _id: placeDocumentId(workspaceId, placeId) });
				return document === null ? undefined : toPlace(document);
			}),
		list: (workspaceId, page) =>
			database.run(({ places }) =>
				pageOf(places, page, {
					where: { workspaceId },
					id: (placeId) => placeDocumentId(workspaceId, placeId),
					record: toPlace,
				}),
			),
		change: (workspaceId, placeId, changes, audit) =>
			database.transaction(async (session, collections) => {
				const _id = placeDocumentId(workspaceId, placeId);
				const document = await collections.places.findOne({ _id }, { session });
				if (document === null) return undefined;
				const after = applyChanges(toPlace(document), changes);
				await collections.places.replaceOne({ _id }, after, { session });
				await writeAudit(collections, audit, session);
				return after;
			}),
		delete: (workspaceId, placeId, audit) =>
			database.transaction(async (session, collections) => {
				const _id = placeDocumentId(workspaceId, placeId);
				const { deletedCount } = await collections.places.deleteOne({ _id }, { session });
				if (deletedCount === 0) return "missing";
				await writeAudit(collections, audit, session);
				return "deleted";
			}),
	};
}
