import type { Command } from "commander";
import { addConfig } from "./config.js";
import { addDoctor } from "./doctor.js";
import { addQuickstart } from "./quickstart.js";
import { addServe } from "./serve.js";
import { addSetupLink } from "./setupLink.js";

/** Commands that run a server or set one up. */
export function addServerCommands(program: Command): void {
	addServe(program);
	addSetupLink(program);
	addQuickstart(program);
}

/** Commands that check how a server is set up. */
export function addDiagnosticCommands(program: Command): void {
	addConfig(program);
	addDoctor(program);
}
