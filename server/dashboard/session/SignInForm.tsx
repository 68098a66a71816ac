import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { createSession } from "@shared/endpoints/session.js";
import { useEndpointMutation } from "../api/useEndpointMutation.js";
import { ProblemNote } from "../ui/ProblemNote.js";

interface SignInFormProps {
	/** The account to sign in to; absent if the user names it. */
	readonly name?: string;
	readonly onFailed?: () => void;
}

/** Signs in. The page that shows the form reacts to the new session. */
export function SignInForm({ name: fixedName, onFailed }: SignInFormProps) {
	const mutation = useEndpointMutation(createSession);
	const form = useForm({
		initialValues: { name: fixedName ?? "", password: "" },
		validate: {
			name: (name) => (name.trim() === "" ? "Enter your username." : null),
			password: (password) => (password === "" ? "Enter your password." : null),
		},
	});
	const signIn = form.onSubmit(({ name, password }) =>
		mutation.mutate(
			{ body: { name: name.trim(), password } },
			{
				onError: () => {
					// A wrong password must not be resent unseen.
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
					label="Username"
					autoComplete="username"
					autoCapitalize="none"
					spellCheck={false}
					required
					readOnly={fixedName !== undefined}
					{...form.getInputProps("name")}
				/>
				<PasswordInput
					label="Password"
					autoComplete="current-password"
					required
					data-autofocus={fixedName !== undefined || undefined}
					visibilityToggleButtonProps={{ "aria-label": "Show password" }}
					{...form.getInputProps("password")}
				/>
				<ProblemNote problem={mutation.error} />
				<Button type="submit" loading={mutation.isPending} fullWidth>
					Sign in
				</Button>
			</Stack>
		</form>
	);
}
