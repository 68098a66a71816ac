import type { Domain } from "../../core/context.js";
import type { PlaceRecord } from "../../model/place.js";
import { noPlace } from "../../places/changePlace.js";
import { granted } from "../support/commandFailure.js";
import { workspaceNamed } from "../workspace/findWorkspace.js";

/** A place on the allow-list of the workspace that was meant. */
export async function placeNamed(
	domain: Domain,
	workspaceGiven: string,
	placeId: string,
): Promise<PlaceRecord> {
	const workspace = await workspaceNamed(domain, workspaceGiven);
	return granted((await domain.store.places.find(workspace.id, placeId)) ?? noPlace(workspace.id, placeId));
}
