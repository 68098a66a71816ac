import { Command, CommanderError } from "commander";
import { exitCodes } from "../failure.js";
import { addAdminKeyCreate } from "./adminKeyCreate.js";
import { addAdminKeyRevoke } from "./adminKeyRevoke.js";
import { commandFailure, tellFailure, usageFailure } from "./commandFailure.js";
import { addQuickstart } from "./quickstart.js";
import { addServe } from "./serve.js";

/** The command line as a process: reads the command, runs it, and sets the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
	const asJson = argv.includes("--json");
	try {
		await createProgram().parseAsync([...argv]);
	} catch (error) {
		// Help and version come as errors too, and are none.
		if (error instanceof CommanderError && error.exitCode === 0) return;
		const failure =
			error instanceof CommanderError ? usageFailure(withoutPrefix(error.message)) : commandFailure(error);
		tellFailure(failure, asJson);
		process.exitCode = failure.exitCode;
	}
}

function createProgram(): Command {
	const program = new Command("placelock")
		.description("Keys for Roblox experiences that only work where they belong.")
		.usage("<command> [options]")
		.helpCommand("help [command]", "show help for a command")
		.helpOption("-h, --help", "show help")
		.showSuggestionAfterError()
		// What is wrong is told in one place, as text or as JSON.
		.configureOutput({ outputError: () => {} })
		.exitOverride();
	addServe(program);
	addQuickstart(program);
	const adminKey = program
		.command("admin-key")
		.description("make and revoke keys for the management API")
		.usage("<command> [options]")
		.helpCommand(false);
	addAdminKeyCreate(adminKey);
	addAdminKeyRevoke(adminKey);
	for (const group of [program, adminKey]) refuseWithoutCommand(group);
	program.addHelpText(
		"after",
		`
Settings come from the environment, and from a .env file: the same as the server's.
For --json through npm: npm run -s placelock -- <command>, so that npm prints nothing of its own.

Exit codes: 0 done, ${exitCodes.refused} refused, ${exitCodes.usage} not understood, ${exitCodes.unavailable} database out of reach, ${exitCodes.configuration} configuration wrong.`,
	);
	return program;
}

/** Without a command there is nothing to do: help, on stderr, and the exit code of a mistake. */
function refuseWithoutCommand(group: Command): void {
	group.argument("[command]").action((given: string | undefined) => {
		const commands = group.commands.map((command) => command.name()).join(", ");
		const path = group.parent === null ? "" : `${group.name()} `;
		const what = given === undefined ? "say what to do" : `there is no command "${path}${given}"`;
		throw usageFailure(`${what}; commands: ${commands}. More: placelock ${path}--help`);
	});
}

function withoutPrefix(message: string): string {
	return message.replace(/^error: /, "");
}
