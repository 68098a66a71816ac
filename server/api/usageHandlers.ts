import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { usageReport } from "../usage/usageReport.js";
import type { Handlers } from "./handler.js";

export function usageHandlers({ store, clock }: Services): Pick<Handlers, "usage.get"> {
	return {
		"usage.get": async ({ access }, { params, query }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			if (query.keyId !== undefined) {
				const key = await store.keys.findById(query.keyId);
				// A deleted key has no counts of its own; a key of another workspace looks the same.
				if (key?.workspaceId !== workspace.id) {
					return new Problem("not_found", { detail: "This workspace has no key with this id." });
				}
			}
			return usageReport(store.usage, workspace.id, query, clock.now());
		},
	};
}
