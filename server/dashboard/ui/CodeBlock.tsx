import { Box, Text } from "@mantine/core";
import classes from "./CodeBlock.module.css";
import { CopyButton } from "./CopyButton.js";

interface CodeBlockProps {
	readonly code: string;
	/** A caption: "Script for ServerScriptService". The copy button repeats it. */
	readonly title: string;
}

/** Code to copy, with a caption. Long lines scroll. */
export function CodeBlock({ code, title }: CodeBlockProps) {
	return (
		<Box className={classes.frame}>
			<div className={classes.head}>
				<Text size="xs" c="dimmed">
					{title}
				</Text>
				<CopyButton value={code} label={`Copy code: ${title}`} />
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
			<pre className={classes.code} tabIndex={0}>
				<code>{code}</code>
			</pre>
		</Box>
	);
}
