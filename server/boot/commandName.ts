import { basename, isAbsolute, relative } from "node:path";

/** What package.json calls the command line: from the checkout, `npx placelock`. */
const byNpx = "npx placelock";

/**
 * How the command line is started, as this process was, for commands that are
 * shown to be typed. A service unit that runs the built files needs no npm, and
 * neither does whoever reads its log.
 * `program` and `folder`: the file that node runs, and the folder it is run in.
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

/** Replaces `placelock` in front of the commands in a text by the way it was called. */
export function asCalled(text: string, commands: readonly string[], name: string = commandName()): string {
	return text.replaceAll(/\bplacelock (?=(--help|[a-z][a-z-]*)\b)/g, (found, word: string) =>
		word === "--help" || commands.includes(word) ? `${name} ` : found,
	);
}
