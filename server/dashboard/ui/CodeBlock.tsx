import { Box, Text } from "@mantine/core";
import classes from "./CodeBlock.module.css";
import { CopyButton } from "./CopyButton.js";

interface CodeBlockProps {
	readonly code: string;
	/** What it is: "Script for ServerScriptService". Also what the copy button names. */
	readonly title: string;
}

/** Code to copy, under its name. Long lines scroll; nothing is cut off. */
export function CodeBlock({ code, title }: CodeBlockProps) {
	return (
		<Box className={classes.frame}>
			<div className={classes.head}>
				<Text size="xs" c="dimmed">
					{title}
				</Text>
				<CopyButton value={code} label={`Copy: ${title}`} />
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
			<pre className={classes.code} tabIndex={0}>
				<code>{code}</code>
			</pre>
		</Box>
	);
}
