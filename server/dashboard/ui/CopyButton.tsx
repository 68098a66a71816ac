import { ActionIcon, Button, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { useCopy } from "./useCopy.js";

interface CopyButtonProps {
	readonly value: string;
	/** What it does, for who does not see the sign: "Copy the token". */
	readonly label: string;
	readonly small?: boolean;
	/** Written on it, where it is the thing to do next. */
	readonly text?: string;
	readonly onCopied?: () => void;
}

/** Puts a text on the clipboard, and says whether it did. */
export function CopyButton({ value, label, small = false, text, onCopied }: CopyButtonProps) {
	const { copied, failed, copy } = useCopy();
	const IconComponent = copied ? IconCheck : failed ? IconX : IconCopy;
	const outcome = copied ? "Copied" : failed ? "Not copied: select it, and copy it by hand" : undefined;
	const said = <VisuallyHidden role="status">{outcome}</VisuallyHidden>;
	const onClick = async () => {
		if (await copy(value)) onCopied?.();
	};
	if (text !== undefined) {
		return (
			<Button onClick={onClick} aria-label={label} leftSection={<IconComponent size={16} aria-hidden />}>
				{copied ? "Copied" : failed ? "Not copied" : text}
				{said}
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
				{said}
			</ActionIcon>
		</Tooltip>
	);
}
