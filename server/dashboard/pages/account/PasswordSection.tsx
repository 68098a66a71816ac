import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
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
		onDone: () => {
			form.reset();
			// It remembers what it sent.
			mutation.reset();
			notifications.show({ message: "The password is changed. All your other sessions have ended." });
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
					form.setErrors({ currentPassword: "This is not your current password." });
					form.getInputNode("currentPassword")?.focus();
				},
			},
		),
	);
	return (
		<Section
			title="Password"
			description="Changing it ends all your other sessions. Admin keys go on working. Have you forgotten the current one? An operator can make you a link to choose a new one."
		>
			<form onSubmit={change} noValidate>
				<Stack maw={400}>
					{/* So that a password manager knows whose password it keeps. */}
					<input hidden readOnly autoComplete="username" value={name} />
					<PasswordInput
						label="Current password"
						autoComplete="current-password"
						required
						visibilityToggleButtonProps={{ "aria-label": "Show the current password" }}
						{...form.getInputProps("currentPassword")}
					/>
					<NewPassword
						label="New password"
						visibilityToggleButtonProps={{ "aria-label": "Show the new password" }}
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
