import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import type { Block } from "./documents.js";

export type Variables = Readonly<Record<string, string>>;

/** A documented command, split into words. */
export type CommandLine = readonly string[];

/** The commands of a `sh` block, in order, separated by `&&` or line ends. */
export function commandsOf({ text }: Block): string[] {
	const commands = text.split(/\n| && /).map((line) => line.trim());
	return commands.filter((command) => command !== "");
}

/**
 * The words as a POSIX shell would read them, with quotes and variables. No
 * shell is started, so that the result is the same on every system. A documented
 * command must not use anything else.
 */
export function wordsOf(line: string, variables: Variables): CommandLine {
	const valued = (text: string) =>
		text.replace(/\$(\w+)/g, (_whole, name: string) => {
			const value = variables[name];
			if (value === undefined) throw new Error(`${line}: ${name} is not set`);
			return value;
		});
	const word = /\s*(?:"([^"\\`]*)"|'([^']*)'|([^\s"'\\`|;&<>()*?]+))(?=\s|$)/y;
	const words: string[] = [];
	while (word.lastIndex < line.trimEnd().length) {
		const at = word.lastIndex;
		const [, double, single, bare] = word.exec(line) ?? [];
		const read = single ?? double ?? bare;
		if (read === undefined) throw new Error(`${line}: cannot parse "${line.slice(at)}"`);
		words.push(single ?? valued(read));
	}
	return words;
}

/** The program behind the command. npm and npx are not started: package.json says what they would run. */
export function programOf([name, ...args]: CommandLine): [program: string, args: readonly string[]] {
	if (name === "node") return [process.execPath, args.map(scriptHere)];
	if (name === "curl") return ["curl", args];
	if (name === "npm") return [process.execPath, npmScript(args)];
	if (name === "npx" && args[0] === "placelock")
		return [process.execPath, [placelockFile(), ...args.slice(1)]];
	if (name === "npx" && args[0] === "jest") return [process.execPath, [jestFile, ...args.slice(1)]];
	throw new Error(`cannot run "${name}"`);
}

/** A script of the project. Readers run it in the project's folder, tests in a folder of their own. */
function scriptHere(word: string): string {
	return /^scripts\/[\w-]+\.mjs$/.test(word) ? join(projectRoot, word) : word;
}

function npmScript(args: readonly string[]): string[] {
	const [script, rest] = args[0] === "run" ? [args[1], args.slice(2)] : [args[0], args.slice(1)];
	if (rest.length > 0 && rest[0] !== "--")
		throw new Error(`npm would take "${rest[0]}" for itself: put -- before it`);
	const file = scriptFile(script ?? "");
	return [join(projectRoot, file), ...rest.slice(1)];
}

const jestFile = join(projectRoot, "node_modules", "jest", "bin", "jest.js");

export function readPackage(): {
	readonly version: string;
	readonly engines: { readonly node: string };
	readonly bin: Readonly<Record<string, string>>;
	readonly scripts: Readonly<Record<string, string>>;
} {
	return JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
}

let linked: string | undefined;

function placelockFile(): string {
	const file = readPackage().bin.placelock;
	if (file === undefined) throw new Error("package.json has no bin called placelock");
	linked ??= callableAsBin(join(projectRoot, file));
	return linked;
}

/** A link to the file without its extension, as in `node_modules/.bin`: messages show how Placelock was called. */
function callableAsBin(file: string): string {
	if (process.platform === "win32") return file;
	const link = join(mkdtempSync(join(tmpdir(), "placelock-bin-")), "placelock");
	symlinkSync(file, link);
	return link;
}

/** The file of the project that `npm run <name>` runs. */
export function scriptFile(name: string): string {
	const { scripts } = readPackage();
	const [, file] = /^node (\S+)$/.exec(scripts[name] ?? "") ?? [];
	if (file === undefined || !existsSync(join(projectRoot, file)))
		throw new Error(`package.json has no script "${name}" that runs a file of the project`);
	return file;
}

export function hasCurl(): boolean {
	return spawnSync("curl", ["--version"], { stdio: "ignore" }).status === 0;
}

export interface Started {
	/** Standard output so far. */
	output(): string;
	/** Both streams so far, as in a supervisor's log. */
	log(): string;
	/** Sends SIGTERM, as a supervisor does. */
	terminate(): void;
	readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
	/** Sends SIGKILL if it is still running. */
	kill(): Promise<void>;
}

/** Runs a command in a folder, with only these variables in its environment. */
export function start(command: CommandLine, folder: string, variables: Variables): Started {
	const [program, args] = programOf(command);
	const child = spawn(program, args, {
		cwd: folder,
		env: { PATH: process.env.PATH, ...variables },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const said = { stdout: "", stderr: "" };
	let log = "";
	for (const stream of ["stdout", "stderr"] as const) {
		child[stream].setEncoding("utf8").on("data", (text: string) => {
			said[stream] += text;
			log += text;
		});
	}
	const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => resolve({ code, ...said }));
	});
	return {
		output: () => said.stdout,
		log: () => log,
		terminate: () => void child.kill("SIGTERM"),
		ended,
		kill: async () => {
			child.kill("SIGKILL");
			await ended;
		},
	};
}
