import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { limits } from "@shared/limits.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { accountNameError, NewPassword, passwordError } from "./NewPassword.js";

interface NewAccountFormProps {
	readonly submit: string;
	readonly create: (account: { readonly name: string; readonly password: string }) => Promise<unknown>;
	/** Why the last attempt failed. */
	readonly problem: unknown;
	readonly busy: boolean;
}

/** Chooses the username and password of a new account. */
export function NewAccountForm({ submit, create, problem, busy }: NewAccountFormProps) {
	const form = useForm({
		initialValues: { name: "", password: "" },
		validate: { name: accountNameError, password: passwordError },
	});
	const onSubmit = form.onSubmit(({ name, password }) =>
		create({ name: name.trim(), password }).catch((error: unknown) => showFieldErrors(form, error)),
	);
	return (
		<form onSubmit={onSubmit} noValidate>
			<Stack>
				<TextInput
					label="Username"
					description={`Used to sign in. ${limits.accountNameMinimum}–${limits.accountNameLength} letters and digits, with _ . or - in between.`}
					autoComplete="username"
					autoCapitalize="none"
					spellCheck={false}
					required
					{...form.getInputProps("name")}
				/>
				<NewPassword {...form.getInputProps("password")} />
				<ProblemNote problem={problem} shownFields={["name", "password"]} />
				<Button type="submit" loading={busy} fullWidth>
					{submit}
				</Button>
			</Stack>
		</form>
	);
}
