import type { Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { Handlers } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { denialAnswer } from "./serializeDenial.js";

export function denialHandlers({ store }: Domain): Pick<Handlers, "denials.list"> {
	return {
		"denials.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await store.denials.list(workspace.id, page);
			const records = found.records.map((denial) => ({ ...denial, createdAt: denial.lastAt }));
			return pageAnswer({ ...found, records }, denialAnswer);
		},
	};
}
