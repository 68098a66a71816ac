import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../support/call.js";
import { projectRoot } from "../support/projectRoot.js";
import { testSecrets } from "../support/seed.js";

export interface CommandEnd {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A folder with its own embedded database, and the command line using it. */
export interface Workbench {
	readonly folder: string;
	/** How the command line calls itself here, in the commands that it prints. */
	readonly name: string;
	/** Runs the built command line with nothing in the environment but `environment`. */
	placelock(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<CommandEnd>;
	/** The same, expecting success. Returns the output. */
	done(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string>;
	/** The same with `--json`. Returns each line. */
	json(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Json[]>;
	remove(): void;
}

const program = join(projectRoot, "dist", "server", "cli", "main.js");

export function workbench(): Workbench {
	const folder = mkdtempSync(join(tmpdir(), "placelock-cli-"));
	const own = { PLACELOCK_DATA_DIR: folder, PLACELOCK_SECRET: testSecrets.current };
	const placelock: Workbench["placelock"] = (args, environment = {}) =>
		runCommand(args, { ...own, ...environment }, folder);
	const done: Workbench["done"] = async (args, environment) => {
		const { code, stdout, stderr } = await placelock(args, environment);
		expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
		return stdout;
	};
	return {
		folder,
		name: `node ${program}`,
		placelock,
		done,
		json: async (args, environment) => {
			const lines = (await done([...args, "--json"], environment)).split("\n");
			expect(lines.pop()).toBe("");
			return lines.map((line) => JSON.parse(line));
		},
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

function runCommand(
	args: readonly string[],
	environment: Readonly<Record<string, string>>,
	folder: string,
): Promise<CommandEnd> {
	const child = spawn(process.execPath, [program, ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH, ...environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (text: string) => {
			output[name] += text;
		});
	}
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => resolve({ code, ...output }));
	});
}
