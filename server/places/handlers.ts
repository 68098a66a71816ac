import type { placeRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { AccountRecord } from "../accounts/account.js";
import { visibleWorkspace } from "../accounts/permissions.js";
import type { Domain } from "../domain.js";
import type { Handlers } from "../handler.js";
import { pageAnswer, pageRequest } from "../paging.js";
import { Problem } from "../problem.js";
import { isoTime } from "../timestamps.js";
import { allowPlace, changePlace, deletePlace, noPlace } from "./changePlace.js";
import type { PlaceRecord } from "./place.js";

export function placeHandlers(
	domain: Domain,
): Pick<Handlers, "places.list" | "places.put" | "places.change" | "places.delete"> {
	const { places, workspaces } = domain.store;

	async function visiblePlace(
		account: AccountRecord,
		{ workspaceId, placeId }: { readonly workspaceId: string; readonly placeId: string },
	): Promise<PlaceRecord | Problem> {
		const workspace = await visibleWorkspace(workspaces, account, workspaceId);
		if (workspace instanceof Problem) return workspace;
		return (await places.find(workspaceId, placeId)) ?? noPlace(workspaceId, placeId);
	}

	return {
		"places.list": async ({ account }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			return pageAnswer(await places.list(workspace.id, page), placeAnswer);
		},
		"places.put": async ({ account, author }, { params, body }) => {
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const wish = { ...body, workspaceId: workspace.id, id: params.placeId };
			const place = await allowPlace(domain, wish, author);
			return place instanceof Problem ? place : placeAnswer(place);
		},
		"places.change": async ({ account, author }, { params, body }) => {
			const place = await visiblePlace(account, params);
			if (place instanceof Problem) return place;
			const changed = await changePlace(domain, place, body, author);
			return changed instanceof Problem ? changed : placeAnswer(changed);
		},
		"places.delete": async ({ account, author }, { params }) => {
			const place = await visiblePlace(account, params);
			return place instanceof Problem ? place : deletePlace(domain, place, author);
		},
	};
}

function placeAnswer({ workspaceId: _, ...place }: PlaceRecord): Infer<typeof placeRecord> {
	return { ...place, createdAt: isoTime(place.createdAt), updatedAt: isoTime(place.updatedAt) };
}
