import type { Command } from "commander";
import { addAudit } from "./audit.js";
import { addDenials } from "./denials.js";
import { addUsage } from "./usage.js";

/** Reports on the requests of one workspace. */
export function addRequestReports(program: Command): void {
	addDenials(program);
	addUsage(program);
}

/** Reports on what people changed, on the whole server. */
export function addChangeReports(program: Command): void {
	addAudit(program);
}
