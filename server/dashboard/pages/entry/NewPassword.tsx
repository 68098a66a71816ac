import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { limits } from "@shared/limits.js";

/** Where a password is chosen, with the rule it is held to. */
export function NewPassword(props: PasswordInputProps) {
	return (
		<PasswordInput
			label="Password"
			description={`At least ${limits.passwordMinimum} characters. A few unrelated words are easy to remember and hard to guess.`}
			autoComplete="new-password"
			required
			visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
			{...props}
		/>
	);
}

/** What is wrong with a password before the server is asked. */
export function passwordError(password: string): string | null {
	const missing = limits.passwordMinimum - [...password].length;
	if (missing <= 0) return null;
	return `Must have at least ${limits.passwordMinimum} characters: ${missing} more.`;
}

/** What is wrong with an account's name before the server is asked. */
export function accountNameError(name: string): string | null {
	const length = [...name.trim()].length;
	if (length >= limits.accountNameMinimum && length <= limits.accountNameLength) return null;
	return `Must have ${limits.accountNameMinimum} to ${limits.accountNameLength} characters.`;
}
