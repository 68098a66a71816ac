import type { Command } from "commander";
import { requireCommand } from "./requireCommand.js";

/** Adds a group of commands. `examples`: what to type after `placelock`. */
export function addGroup(
	program: Command,
	name: string,
	description: string,
	examples: readonly string[],
): Command {
	const group = program
		.command(name)
		.description(description)
		.usage("<command> [options]")
		.helpCommand(false)
		.addHelpText("after", `\nExamples:\n${examples.map((example) => `  placelock ${example}`).join("\n")}`);
	requireCommand(group);
	return group;
}
