import type { Access } from "../accounts/access.js";
import type { Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { PlaceRecord } from "../model/place.js";
import { allowPlace, changePlace, deletePlace, noPlace } from "../places/changePlace.js";
import type { Handlers } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { placeAnswer } from "./serializePlace.js";

export function placeHandlers(
	domain: Domain,
): Pick<Handlers, "places.list" | "places.put" | "places.change" | "places.delete"> {
	const { places } = domain.store;

	async function visiblePlace(
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
			return pageAnswer(await places.list(workspace.id, page), placeAnswer);
		},
		"places.put": async ({ access, author }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const wish = { ...body, workspaceId: workspace.id, id: params.placeId };
			const place = await allowPlace(domain, wish, author);
			return place instanceof Problem ? place : placeAnswer(place);
		},
		"places.change": async ({ access, author }, { params, body }) => {
			const place = await visiblePlace(access, params);
			if (place instanceof Problem) return place;
			const changed = await changePlace(domain, place, body, author);
			return changed instanceof Problem ? changed : placeAnswer(changed);
		},
		"places.delete": async ({ access, author }, { params }) => {
			const place = await visiblePlace(access, params);
			return place instanceof Problem ? place : deletePlace(domain, place, author);
		},
	};
}
