import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { createSession } from "@shared/endpoints/session.js";
import { useEndpointMutation } from "../api/useEndpointMutation.js";
import { ProblemNote } from "../ui/ProblemNote.js";

interface SignInFormProps {
	/** The account that it is for; absent: that is asked as well. */
	readonly name?: string;
	readonly onFailed?: () => void;
}

/** Signs in. What happens then is for the page to do that sees the session. */
export function SignInForm({ name: given, onFailed }: SignInFormProps) {
	const mutation = useEndpointMutation(createSession);
	const form = useForm({
		initialValues: { name: given ?? "", password: "" },
		validate: {
			name: (name) => (name.trim() === "" ? "Enter your account's name." : null),
			password: (password) => (password === "" ? "Enter your password." : null),
		},
	});
	const signIn = form.onSubmit(({ name, password }) =>
		mutation.mutate(
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
					readOnly={given !== undefined}
					{...form.getInputProps("name")}
				/>
				<PasswordInput
					label="Password"
					autoComplete="current-password"
					required
					data-autofocus={given !== undefined || undefined}
					visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
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
