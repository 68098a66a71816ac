import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { createSession } from "../../../../shared/endpoints/session.js";
import { useAct } from "../../api/useAct.js";
import { ProblemNote } from "../../ui/ProblemNote.js";

/** Signs in. What happens then is for the page to do that sees the session. */
export function SignInForm({ onFailed }: { readonly onFailed?: () => void }) {
	const act = useAct(createSession);
	const form = useForm({
		initialValues: { name: "", password: "" },
		validate: {
			name: (name) => (name.trim() === "" ? "Enter your account's name." : null),
			password: (password) => (password === "" ? "Enter your password." : null),
		},
	});
	const signIn = form.onSubmit(({ name, password }) =>
		act.mutate(
			{ body: { name: name.trim(), password } },
			{
				onError: () => {
					// What was typed is not to be sent again and again unseen.
					form.setFieldValue("password", "");
					onFailed?.();
				},
			},
		),
	);
	return (
		<form onSubmit={signIn} noValidate>
			<Stack>
				<TextInput
					label="Name"
					autoComplete="username"
					autoCapitalize="none"
					spellCheck={false}
					required
					{...form.getInputProps("name")}
				/>
				<PasswordInput
					label="Password"
					autoComplete="current-password"
					required
					visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
					{...form.getInputProps("password")}
				/>
				<ProblemNote problem={act.error} />
				<Button type="submit" loading={act.isPending} fullWidth>
					Sign in
				</Button>
			</Stack>
		</form>
	);
}
