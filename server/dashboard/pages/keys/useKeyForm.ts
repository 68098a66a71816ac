import { useForm } from "@mantine/form";
import type { ApiProblem } from "../../api/problem.js";
import { type KeyFormValues, keyFieldErrors, keyFormErrors } from "./keyForm.js";

/** The form for a key, and where it shows what the server found wrong. */
export function useKeyForm(initialValues: KeyFormValues) {
	const form = useForm<KeyFormValues>({
		initialValues,
		validate: keyFormErrors,
		// A message stays until its field is changed, and no longer.
		clearInputErrorOnChange: true,
	});
	const showErrors = (problem: ApiProblem) => {
		const errors = keyFieldErrors(problem, form.values);
		form.setErrors(errors);
		// The limits unfold for their messages first.
		requestAnimationFrame(() => {
			for (const path of Object.keys(errors)) {
				const field = form.getInputNode(path);
				if (field !== null) return field.focus();
			}
		});
	};
	return { form, showErrors };
}
