import { useForm } from "@mantine/form";
import type { ApiProblem } from "../../api/problem.js";
import { type KeyFormValues, keyFieldErrors, keyFormErrors } from "./keyForm.js";

/** The form for a key, with the server's messages beside its fields. */
export function useKeyForm(initialValues: KeyFormValues) {
	const form = useForm<KeyFormValues>({
		initialValues,
		validate: keyFormErrors,
		// A message stays until its field changes.
		clearInputErrorOnChange: true,
	});
	const showErrors = (problem: ApiProblem) => {
		const errors = keyFieldErrors(problem, form.values);
		form.setErrors(errors);
		// The collapsed limits expand first.
		requestAnimationFrame(() => {
			for (const path of Object.keys(errors)) {
				const field = form.getInputNode(path);
				if (field !== null) return field.focus();
			}
		});
	};
	return { form, showErrors };
}
