import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { limits } from "@shared/limits.js";

/** A field for a new password, with its rule. */
export function NewPassword(props: PasswordInputProps) {
	return (
		<PasswordInput
			label="Password"
			description={`At least ${limits.passwordMinimum} characters. A few unrelated words are easy to remember and hard to guess.`}
			autoComplete="new-password"
			required
			visibilityToggleButtonProps={{ "aria-label": "Show password" }}
			{...props}
		/>
	);
}

/** Checks a password's length before it is sent; null if it is long enough. */
export function passwordError(password: string): string | null {
	const missing = limits.passwordMinimum - [...password].length;
	if (missing <= 0) return null;
	return `At least ${limits.passwordMinimum} characters (${missing} more).`;
}

/** Checks a username's length before it is sent; null if it fits. */
export function accountNameError(name: string): string | null {
	const length = [...name.trim()].length;
	if (length >= limits.accountNameMinimum && length <= limits.accountNameLength) return null;
	return `Must be ${limits.accountNameMinimum} to ${limits.accountNameLength} characters.`;
}
