import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Styles a text on a terminal that supports colours. Pipes, files and NO_COLOR get plain text. */
export function colour(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
	const supported = stream.isTTY && stream.hasColors() && !process.env.NO_COLOR;
	return supported ? styleText(style, text) : text;
}
