import type { Domain } from "../domain.js";
import type { Handlers } from "../handler.js";
import { Problem } from "../problem.js";
import { activityReport } from "./activityReport.js";

export function activityHandlers({ store, clock }: Domain): Pick<Handlers, "activity.get"> {
	return {
		"activity.get": async ({ access }, { params, query }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			return activityReport(store.activity, workspace.id, query.span ?? "day", clock.now());
		},
	};
}
