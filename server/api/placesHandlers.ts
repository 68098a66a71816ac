import type { Access } from "../accounts/access.js";
import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { PlaceRecord } from "../model/place.js";
import { allowPlace, changePlace, deletePlace, noPlace } from "../places/changePlace.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { serializePlace } from "./serializePlace.js";

export function placeHandlers(
	services: Services,
): Pick<Handlers, "places.list" | "places.put" | "places.change" | "places.delete"> {
	const { places } = services.store;

	async function findPlaceIn(
		access: Access,
		{ workspaceId, placeId }: { readonly workspaceId: string; readonly placeId: string },
	): Promise<PlaceRecord | Problem> {
		const workspace = await access.workspace(workspaceId);
		if (workspace instanceof Problem) return workspace;
		return (await places.find(workspaceId, placeId)) ?? noPlace(workspaceId, placeId);
	}

	return {
		"places.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			return serializePage(await places.list(workspace.id, page), serializePlace);
		},
		"places.put": async ({ access, auditContext }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const input = { ...body, workspaceId: workspace.id, id: params.placeId };
			const place = await allowPlace(services, input, auditContext);
			return place instanceof Problem ? place : serializePlace(place);
		},
		"places.change": async ({ access, auditContext }, { params, body }) => {
			const place = await findPlaceIn(access, params);
			if (place instanceof Problem) return place;
			const changed = await changePlace(services, place, body, auditContext);
			return changed instanceof Problem ? changed : serializePlace(changed);
		},
		"places.delete": async ({ access, auditContext }, { params }) => {
			const place = await findPlaceIn(access, params);
			return place instanceof Problem ? place : deletePlace(services, place, auditContext);
		},
	};
}
