import { type ComponentProps, type MouseEvent, useState } from "react";

type FocusableDisabledButtonProps = ComponentProps<"button"> & {
	/** Set by Mantine on a button that is loading. */
	readonly "data-loading"?: boolean;
};

/**
 * The element of Mantine's buttons. Browsers take the focus from a button that becomes
 * disabled, which sends keyboard users back to the top. This one keeps the focus and
 * reports itself as disabled.
 */
export function FocusableDisabledButton({
	type = "button",
	disabled = false,
	onClick,
	onFocus,
	onBlur,
	...others
}: FocusableDisabledButtonProps) {
	const [focused, setFocused] = useState(false);
	const isFocusableDisabled = disabled && focused;
	const cancel = (event: MouseEvent) => {
		// Enter in a field of its form also triggers this click.
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<button
			{...others}
			type={type}
			disabled={disabled && !focused}
			aria-disabled={isFocusableDisabled || undefined}
			onClick={isFocusableDisabled ? cancel : onClick}
			onFocus={(event) => {
				setFocused(true);
				onFocus?.(event);
			}}
			onBlur={(event) => {
				setFocused(false);
				onBlur?.(event);
			}}
		/>
	);
}
