import { type ComponentProps, type MouseEvent, useState } from "react";

type FocusableDisabledButtonProps = ComponentProps<"button"> & {
	/** As Mantine says it of a button whose act is under way. */
	readonly "data-loading"?: boolean;
};

/**
 * What Mantine's buttons are made of here. A browser takes the focus from a
 * button that is disabled, and who has no mouse begins again at the top: so one
 * that has the focus keeps it and only does nothing, as it says.
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
	const isKept = disabled && focused;
	const doNothing = (event: MouseEvent) => {
		// Also what Enter in a field of its form comes to.
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<button
			{...others}
			type={type}
			disabled={disabled && !focused}
			aria-disabled={isKept || undefined}
			onClick={isKept ? doNothing : onClick}
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
