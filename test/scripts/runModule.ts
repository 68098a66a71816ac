import { spawn } from "node:child_process";
import { projectRoot } from "../support/projectRoot.js";

export interface ModuleEnd {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs an ES module given as text, in the project's folder: jest itself loads none. */
export function runModule(text: string): Promise<ModuleEnd> {
	const child = spawn(process.execPath, ["--input-type=module", "--eval", text], {
		cwd: projectRoot,
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (chunk: string) => {
			output[name] += chunk;
		});
	}
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => resolve({ code, ...output }));
	});
}
