import { ActionIcon, Button, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { useCopy } from "./useCopy.js";

interface CopyButtonProps {
	readonly value: string;
	/** The accessible name: "Copy token". */
	readonly label: string;
	readonly small?: boolean;
	/** Visible text, if it is the main action. */
	readonly text?: string;
}

/** Copies a text to the clipboard and reports whether it worked. */
export function CopyButton({ value, label, small = false, text }: CopyButtonProps) {
	const { copied, failed, copy } = useCopy();
	const IconComponent = copied ? IconCheck : failed ? IconX : IconCopy;
	const outcome = copied
		? "Copied"
		: failed
			? "Copy failed. Select the text and copy it yourself."
			: undefined;
	const announcement = <VisuallyHidden role="status">{outcome}</VisuallyHidden>;
	const onClick = () => copy(value);
	if (text !== undefined) {
		return (
			<Button onClick={onClick} aria-label={label} leftSection={<IconComponent size={16} aria-hidden />}>
				{copied ? "Copied" : failed ? "Copy failed" : text}
				{announcement}
			</Button>
		);
	}
	return (
		<Tooltip label={outcome ?? label}>
			<ActionIcon
				onClick={onClick}
				aria-label={label}
				size={small ? "xs" : "md"}
				color={copied ? "green" : failed ? "red" : "gray"}
			>
				<IconComponent size={small ? 12 : 16} aria-hidden />
				{announcement}
			</ActionIcon>
		</Tooltip>
	);
}
