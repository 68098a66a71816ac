import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { changePassword, listSessions } from "@shared/endpoints/account.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useAccount } from "../../session/useSession.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { Section } from "../../ui/Section.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { NewPassword, passwordError } from "../entry/NewPassword.js";

const none = { currentPassword: "", newPassword: "" };

export function PasswordSection() {
	const { name } = useAccount();
	const mutation = useEndpointMutation(changePassword, {
		refreshes: [listSessions],
		success: () => "Password changed. All your other sessions have ended.",
		onDone: () => {
			form.reset();
			// The mutation keeps its input: the password.
			mutation.reset();
		},
	});
	const form = useForm({
		initialValues: none,
		validate: {
			currentPassword: (password) => (password === "" ? "Enter your current password." : null),
			newPassword: passwordError,
		},
	});
	const isWrong = mutation.error?.code === "sign_in_failed";
	const change = form.onSubmit((body) =>
		mutation.mutate(
			{ body },
			{
				onError: (error) => {
					if (error.code !== "sign_in_failed") return showFieldErrors(form, error);
					form.setErrors({ currentPassword: "Incorrect current password." });
					form.getInputNode("currentPassword")?.focus();
				},
			},
		),
	);
	return (
		<Section
			title="Password"
			description="Changing it ends all your other sessions; admin keys keep working. Forgot your current password? Ask an operator for a reset link."
		>
			<form onSubmit={change} noValidate>
				<Stack maw={400}>
					{/* For password managers: the username the password belongs to. */}
					<input hidden readOnly autoComplete="username" value={name} />
					<PasswordInput
						label="Current password"
						autoComplete="current-password"
						required
						visibilityToggleButtonProps={{ "aria-label": "Show current password" }}
						{...form.getInputProps("currentPassword")}
					/>
					<NewPassword
						label="New password"
						visibilityToggleButtonProps={{ "aria-label": "Show new password" }}
						{...form.getInputProps("newPassword")}
					/>
					<ProblemNote problem={isWrong ? undefined : mutation.error} shownFields={Object.keys(none)} />
					<Group>
						<Button type="submit" loading={mutation.isPending}>
							Change password
						</Button>
					</Group>
				</Stack>
			</form>
		</Section>
	);
}
