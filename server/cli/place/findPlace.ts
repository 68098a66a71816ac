import type { Services } from "../../core/context.js";
import type { PlaceRecord } from "../../model/place.js";
import { noPlace } from "../../places/changePlace.js";
import { unwrap } from "../support/commandFailure.js";
import { findWorkspace } from "../workspace/findWorkspace.js";

/** A place on the allow-list of the workspace that was meant. */
export async function findPlace(
	services: Services,
	workspaceGiven: string,
	placeId: string,
): Promise<PlaceRecord> {
	const workspace = await findWorkspace(services, workspaceGiven);
	return unwrap((await services.store.places.find(workspace.id, placeId)) ?? noPlace(workspace.id, placeId));
}
