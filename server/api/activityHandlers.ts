import { activityReport } from "../activity/activityReport.js";
import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { Handlers } from "./handler.js";

export function activityHandlers({ store, clock }: Services): Pick<Handlers, "activity.get"> {
	return {
		"activity.get": async ({ access }, { params, query }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			return activityReport(store.activity, workspace.id, query.span ?? "day", clock.now());
		},
	};
}
