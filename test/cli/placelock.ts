import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testSecrets } from "../support/issuing.js";
import { projectRoot } from "../support/projectRoot.js";

export interface CommandEnd {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A folder with an embedded database of its own, and the command line on it. */
export interface Workbench {
	readonly folder: string;
	/** Runs the built command line with nothing in the environment but `environment`. */
	placelock(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<CommandEnd>;
	remove(): void;
}

export function workbench(): Workbench {
	const folder = mkdtempSync(join(tmpdir(), "placelock-cli-"));
	return {
		folder,
		placelock: (args, environment = {}) =>
			runCommand(
				args,
				{ PLACELOCK_DATA_DIR: folder, PLACELOCK_SECRET: testSecrets.current, ...environment },
				folder,
			),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

function runCommand(
	args: readonly string[],
	environment: Readonly<Record<string, string>>,
	folder: string,
): Promise<CommandEnd> {
	const program = join(projectRoot, "dist", "server", "cli", "main.js");
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
