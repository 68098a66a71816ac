import { notifications } from "@mantine/notifications";
import { asProblem } from "../api/problem.js";

/** Reports in a toast what failed, where no form or dialog is open to report it. `what`: "Export failed". */
export function showFailure(thrown: unknown, what?: string): void {
	const { title, fix } = asProblem(thrown).details;
	notifications.show({
		color: "red",
		title: what ?? title,
		message: what === undefined ? fix : `${title}. ${fix}`,
	});
}
