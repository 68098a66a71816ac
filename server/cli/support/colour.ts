import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** The text in a style, on a terminal that wants colours; plain in a pipe or file, or with NO_COLOR. */
export function colour(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
	const wanted = stream.isTTY && stream.hasColors() && !process.env.NO_COLOR;
	return wanted ? styleText(style, text) : text;
}
