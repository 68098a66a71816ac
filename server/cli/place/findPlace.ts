import type { Services } from "../../core/context.js";
import type { PlaceRecord } from "../../model/place.js";
import { noPlace } from "../../places/changePlace.js";
import { unwrap } from "../support/commandFailure.js";
import { findWorkspace } from "../workspace/findWorkspace.js";

/** Finds a place on a workspace's list. */
export async function findPlace(
	services: Services,
	givenWorkspace: string,
	placeId: string,
): Promise<PlaceRecord> {
	const workspace = await findWorkspace(services, givenWorkspace);
	return unwrap((await services.store.places.find(workspace.id, placeId)) ?? noPlace(workspace.id, placeId));
}
