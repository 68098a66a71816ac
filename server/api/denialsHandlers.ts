import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { serializeDenial } from "./serializeDenial.js";

export function denialHandlers({ store }: Services): Pick<Handlers, "denials.list"> {
	return {
		"denials.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await store.denials.list(workspace.id, page);
			const records = found.records.map((denial) => ({ ...denial, createdAt: denial.lastAt }));
			return serializePage({ ...found, records }, serializeDenial);
		},
	};
}
