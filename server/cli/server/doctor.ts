import type { Command } from "commander";
import { exitCodes } from "../../boot/exitCodes.js";
import { examine } from "../../doctor/examine.js";
import type { Finding } from "../../doctor/finding.js";
import { colour } from "../support/colour.js";
import { print, printable } from "../support/output.js";

const colours = { ok: "green", warning: "yellow", problem: "red" } as const;

/** `placelock doctor` */
export function addDoctor(program: Command): void {
	program
		.command("doctor")
		.description("check everything the server depends on and suggest fixes")
		.option("--json", "print one JSON object per line")
		.addHelpText(
			"after",
			`
Checks the configuration, the database and its replica set, the clock, the
secret, the data directory, the address and the trusted proxies. Changes nothing.
Run it as the server's user, in its folder and with its environment.

Exits with ${exitCodes.failed} if there is a problem. Warnings alone exit with 0.

Examples:
  placelock doctor
  placelock doctor --json`,
		)
		.action(async ({ json }: { json?: true }) => {
			const count = { ok: 0, warning: 0, problem: 0 };
			for await (const finding of examine(process.env)) {
				count[finding.status]++;
				await print(json ? `${JSON.stringify(finding)}\n` : findingText(finding));
			}
			if (!json) await print(`\n${summary(count)}\n`);
			if (count.problem > 0) process.exitCode = exitCodes.failed;
		});
}

function findingText({ check, status, message, fix }: Finding): string {
	const lines = [`${colour(colours[status], status.padEnd(7))}  ${check.padEnd(14)}  ${printable(message)}`];
	if (fix !== undefined) lines.push(`${" ".repeat(25)}${colour("bold", "->")} ${printable(fix)}`);
	return `${lines.join("\n")}\n`;
}

function summary({ problem, warning }: { readonly problem: number; readonly warning: number }): string {
	if (problem + warning === 0) return "No problems found.";
	const many = (count: number, what: string) =>
		count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`];
	return [...many(problem, "problem"), ...many(warning, "warning")].join(", ");
}
