import type { Command } from "commander";
import { exitCodes } from "../../boot/exitCodes.js";
import { CommandFailure, usageFailure } from "./commandFailure.js";

/** Thrown when a group, or the program, is called without a command. People get its help as well. */
export class MissingCommand extends CommandFailure {
	constructor(readonly group: Command) {
		super("usage", `missing command; ${commandsText(group)}`, exitCodes.usage);
	}
}

/** Makes a group, or the program, fail when none of its commands is named. */
export function requireCommand(group: Command): void {
	group.argument("[command]");
	// With no known command, commander must not complain about that command's options and arguments.
	group.allowUnknownOption().allowExcessArguments();
	group.action(() => {
		const [first] = group.args;
		if (first === undefined || (first === "--json" && group.args.length === 1))
			throw new MissingCommand(group);
		const problem = first.startsWith("-")
			? `unknown option '${first}'`
			: `unknown command "${pathOf(group)}${first}"`;
		throw usageFailure(`${problem}; ${commandsText(group)}`);
	});
}

function commandsText(group: Command): string {
	const commands = group.commands.map((command) => command.name()).join(", ");
	return `commands: ${commands}. More: placelock ${pathOf(group)}--help`;
}

function pathOf(group: Command): string {
	return group.parent === null ? "" : `${group.name()} `;
}
