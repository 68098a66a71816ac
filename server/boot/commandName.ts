import { basename, isAbsolute, relative } from "node:path";

/** How the command line is called from the checkout, by its `bin` in package.json. */
const byNpx = "npx placelock";

/**
 * How to call the command line, for commands shown to people. Matches the way this
 * process was started: a service unit that runs the built files needs no npm.
 * `program`: the file that node runs. `folder`: the working directory.
 *
 * See docs/decisions/0059-npx-placelock.md
 */
export function commandName(program: string = process.argv[1] ?? "", folder: string = process.cwd()): string {
	if (!/\.m?js$/.test(program)) return byNpx;
	const isCommandLine = /[\\/]cli[\\/]main\.js$/.test(program) || basename(program) === "placelock.mjs";
	const isBuiltServer = /[\\/]dist[\\/]server[\\/]main\.js$/.test(program);
	if (!isCommandLine && !isBuiltServer) return byNpx;
	const file = isBuiltServer ? program.replace(/main\.js$/, "cli/main.js") : program;
	const short = relative(folder, file);
	const shown = short.startsWith("..") || isAbsolute(short) ? file : short;
	return `node ${/\s/.test(shown) ? `"${shown}"` : shown}`;
}

/** Replaces `placelock` in front of commands in a text with the way it was called. */
export function asCalled(text: string, commands: readonly string[], name: string = commandName()): string {
	return text.replaceAll(/\bplacelock (?=(--help|[a-z][a-z-]*)\b)/g, (found, word: string) =>
		word === "--help" || commands.includes(word) ? `${name} ` : found,
	);
}
