import { Command, CommanderError } from "commander";
import { asCalled } from "../boot/commandName.js";
import { exitCodes } from "../boot/exitCodes.js";
import { version } from "../core/version.js";
import { addAccountCommands } from "./account/index.js";
import { addAdminKeyCommands } from "./adminKey/index.js";
import { addDatabaseCommands } from "./database/index.js";
import { addInvitationCommands } from "./invitation/index.js";
import { addKeyCommands } from "./key/index.js";
import { addMemberCommands } from "./member/index.js";
import { addPlaceCommands } from "./place/index.js";
import { addChangeReports, addRequestReports } from "./report/index.js";
import { addDiagnosticCommands, addServerCommands } from "./server/index.js";
import { type CommandFailure, commandFailure, printFailure, usageFailure } from "./support/commandFailure.js";
import { exitOnClosedPipe } from "./support/output.js";
import { MissingCommand, requireCommand } from "./support/requireCommand.js";
import { addWorkspaceCommands } from "./workspace/index.js";

/** Runs the command line as a process: parses the command, runs it, and sets the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
	const program = createProgram();
	const asJson = argv.includes("--json");
	exitOnClosedPipe();
	try {
		await program.parseAsync([...argv]);
	} catch (error) {
		// Commander throws for --help and --version too.
		if (error instanceof CommanderError && error.exitCode === 0) return;
		reportFailure(program, argv, error, asJson);
	}
}

/**
 * Every command, as commander knows them.
 *
 * See docs/decisions/0047-command-line-on-the-store.md
 */
export function createProgram(): Command {
	const program = new Command("placelock")
		.description("Keys for Roblox experiences that only work where they belong.")
		.usage("<command> [options]")
		.helpCommand("help [command]", "show help for a command")
		.helpOption("-h, --help", "show help")
		.version(version(), "-V, --version", "print the version")
		.showSuggestionAfterError()
		// `reportFailure` prints errors, as text or as JSON.
		.configureOutput({
			outputError: () => {},
			writeOut: (text) => process.stdout.write(asCalled(text, commandsOf(program))),
			writeErr: (text) => process.stderr.write(asCalled(text, commandsOf(program))),
		})
		.exitOverride();
	addServerCommands(program);
	addWorkspaceCommands(program);
	addMemberCommands(program);
	addInvitationCommands(program);
	addPlaceCommands(program);
	addKeyCommands(program);
	addRequestReports(program);
	addAccountCommands(program);
	addAdminKeyCommands(program);
	addChangeReports(program);
	addDiagnosticCommands(program);
	addDatabaseCommands(program);
	requireCommand(program);
	program.addHelpText(
		"after",
		`
Commands read the same settings as the server: from the environment and a .env file.

Exit codes: 0 success, ${exitCodes.failed} failed, ${exitCodes.usage} invalid usage, ${exitCodes.unavailable} database unavailable,
${exitCodes.bug} a bug in Placelock, ${exitCodes.configuration} invalid configuration or damaged database.`,
	);
	return program;
}

function reportFailure(program: Command, argv: readonly string[], error: unknown, asJson: boolean): void {
	const failure =
		error instanceof CommanderError ? commanderFailure(program, argv, error) : commandFailure(error);
	process.exitCode = failure.exitCode;
	if (error instanceof MissingCommand && !asJson) {
		printFailure({ ...failure, message: "missing command\n" }, asJson);
		error.group.outputHelp({ error: true });
		return;
	}
	printFailure({ ...failure, message: asCalled(failure.message, commandsOf(program)) }, asJson);
}

function commandsOf(program: Command): string[] {
	return program.commands.map((command) => command.name());
}

/** A problem that commander found, with the help of the command it is about. */
function commanderFailure(
	program: Command,
	argv: readonly string[],
	{ message }: CommanderError,
): CommandFailure {
	const path = ["placelock"];
	let command: Command | undefined = program;
	for (const word of argv.slice(2)) {
		command = command.commands.find((each) => each.name() === word);
		if (command === undefined) break;
		path.push(word);
	}
	return usageFailure(`${message.replace(/^error: /, "")}\nMore: ${path.join(" ")} --help`);
}
