import type { Domain } from "../domain.js";
import { noPlace } from "../places/changePlace.js";
import type { PlaceRecord } from "../places/place.js";
import { granted } from "./commandFailure.js";
import { workspaceNamed } from "./workspaceNamed.js";

/** A place on the allow-list of the workspace that was meant. */
export async function placeNamed(
	domain: Domain,
	workspaceGiven: string,
	placeId: string,
): Promise<PlaceRecord> {
	const workspace = await workspaceNamed(domain, workspaceGiven);
	return granted((await domain.store.places.find(workspace.id, placeId)) ?? noPlace(workspace.id, placeId));
}
