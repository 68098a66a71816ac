import type { UseFormReturnType } from "@mantine/form";
import { asProblem, fieldErrors } from "../api/problem.js";

/** Shows the server's messages beside their fields and focuses the first of them. */
export function showFieldErrors<V extends Record<string, unknown>>(
	form: Pick<UseFormReturnType<V>, "setErrors" | "getInputNode">,
	thrown: unknown,
): void {
	const errors = fieldErrors(asProblem(thrown));
	form.setErrors(errors);
	for (const path of Object.keys(errors)) {
		const field = form.getInputNode(path);
		if (field !== null) return field.focus();
	}
}
