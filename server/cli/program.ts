import { Command, CommanderError } from "commander";
import { asCalled } from "../boot/commandName.js";
import { exitCodes } from "../boot/exitCodes.js";
import { addAccountDelete } from "./account/delete.js";
import { addAccountEnableDisable } from "./account/enableDisable.js";
import { addAccountList } from "./account/list.js";
import { addAccountOperator } from "./account/operator.js";
import { addAccountReset } from "./account/reset.js";
import { addAccountShow } from "./account/show.js";
import { addAdminKeyCreate } from "./adminKey/create.js";
import { addAdminKeyDelete } from "./adminKey/delete.js";
import { addAdminKeyList } from "./adminKey/list.js";
import { addAdminKeyRevoke } from "./adminKey/revoke.js";
import { addAdminKeyRotate } from "./adminKey/rotate.js";
import { addBackup } from "./database/backup.js";
import { addMigrate } from "./database/migrate.js";
import { addRestore } from "./database/restore.js";
import { addInvitationCreate } from "./invitation/create.js";
import { addInvitationDelete } from "./invitation/delete.js";
import { addInvitationList } from "./invitation/list.js";
import { addKeyChange } from "./key/change.js";
import { addKeyCreate } from "./key/create.js";
import { addKeyDelete } from "./key/delete.js";
import { addKeyEnableDisable } from "./key/enableDisable.js";
import { addKeyImport } from "./key/import.js";
import { addKeyList } from "./key/list.js";
import { addKeyRevoke } from "./key/revoke.js";
import { addKeyRotate } from "./key/rotate.js";
import { addKeyShow } from "./key/show.js";
import { addMemberList } from "./member/list.js";
import { addMemberRemove } from "./member/remove.js";
import { addMemberRole } from "./member/role.js";
import { addPlaceActivateDeactivate } from "./place/activateDeactivate.js";
import { addPlaceAdd } from "./place/add.js";
import { addPlaceList } from "./place/list.js";
import { addPlaceRemove } from "./place/remove.js";
import { addAudit } from "./report/audit.js";
import { addDenials } from "./report/denials.js";
import { addUsage } from "./report/usage.js";
import { addConfig } from "./server/config.js";
import { addDoctor } from "./server/doctor.js";
import { addQuickstart } from "./server/quickstart.js";
import { addServe } from "./server/serve.js";
import { addSetupLink } from "./server/setupLink.js";
import { type CommandFailure, commandFailure, tellFailure, usageFailure } from "./support/commandFailure.js";
import { endWithReader } from "./support/output.js";
import { version } from "./support/version.js";
import { addWorkspaceChange } from "./workspace/change.js";
import { addWorkspaceCreate } from "./workspace/create.js";
import { addWorkspaceDelete } from "./workspace/delete.js";
import { addWorkspaceList } from "./workspace/list.js";
import { addWorkspaceShow } from "./workspace/show.js";

/** The command line as a process: reads the command, runs it, and sets the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
	const program = createProgram();
	const asJson = argv.includes("--json");
	endWithReader();
	try {
		await program.parseAsync([...argv]);
	} catch (error) {
		// Help and version come as errors too, and are none.
		if (error instanceof CommanderError && error.exitCode === 0) return;
		const failure =
			error instanceof CommanderError ? notUnderstood(program, argv, error) : commandFailure(error);
		const message = asCalled(failure.message, commandsOf(program));
		tellFailure({ ...failure, message }, asJson);
		process.exitCode = failure.exitCode;
	}
}

/** Every command, as commander knows them. */
export function createProgram(): Command {
	const program = new Command("placelock")
		.description("Keys for Roblox experiences that only work where they belong.")
		.usage("<command> [options]")
		.helpCommand("help [command]", "show help for a command")
		.helpOption("-h, --help", "show help")
		.version(version(), "-V, --version", "print the version")
		.showSuggestionAfterError()
		// What is wrong is told in one place, as text or as JSON.
		.configureOutput({
			outputError: () => {},
			writeOut: (text) => process.stdout.write(asCalled(text, commandsOf(program))),
		})
		.exitOverride();
	addServe(program);
	addSetupLink(program);
	addQuickstart(program);
	const workspace = addGroup(program, "workspace", "make, list, change and delete workspaces", [
		"workspace list",
		'workspace create "Obby Studio"',
	]);
	addWorkspaceCreate(workspace);
	addWorkspaceList(workspace);
	addWorkspaceShow(workspace);
	addWorkspaceChange(workspace);
	addWorkspaceDelete(workspace);
	const member = addGroup(program, "member", "say who belongs to a workspace, and as what", [
		'member list "Obby Studio"',
		'member role "Obby Studio" kim owner',
	]);
	addMemberList(member);
	addMemberRole(member);
	addMemberRemove(member);
	const invitation = addGroup(program, "invitation", "let people join a workspace, and take that back", [
		'invitation create "Obby Studio" --role admin --note Kim',
		'invitation list "Obby Studio"',
	]);
	addInvitationCreate(invitation);
	addInvitationList(invitation);
	addInvitationDelete(invitation);
	const place = addGroup(program, "place", "say in which places a workspace's keys are good", [
		'place list "Obby Studio"',
		'place add "Obby Studio" 123456 --name Lobby',
	]);
	addPlaceAdd(place);
	addPlaceList(place);
	addPlaceActivateDeactivate(place);
	addPlaceRemove(place);
	const key = addGroup(program, "key", "make, import, list, change, rotate and revoke a workspace's keys", [
		'key list "Obby Studio"',
		'key create "Obby Studio" --name "Game servers"',
	]);
	addKeyCreate(key);
	addKeyList(key);
	addKeyShow(key);
	addKeyChange(key);
	addKeyRotate(key);
	addKeyEnableDisable(key);
	addKeyRevoke(key);
	addKeyDelete(key);
	addKeyImport(key);
	addDenials(program);
	addUsage(program);
	const account = addGroup(
		program,
		"account",
		"list, reset, disable and delete accounts, and say who is an operator",
		["account list", "account reset kim"],
	);
	addAccountList(account);
	addAccountShow(account);
	addAccountReset(account);
	addAccountOperator(account);
	addAccountEnableDisable(account);
	addAccountDelete(account);
	const adminKey = addGroup(
		program,
		"admin-key",
		"make, list, rotate and revoke keys for the management API",
		["admin-key list", "admin-key create --name deploy --expires-days 90"],
	);
	addAdminKeyCreate(adminKey);
	addAdminKeyList(adminKey);
	addAdminKeyRotate(adminKey);
	addAdminKeyRevoke(adminKey);
	addAdminKeyDelete(adminKey);
	addAudit(program);
	addConfig(program);
	addDoctor(program);
	addMigrate(program);
	addBackup(program);
	addRestore(program);
	refuseWithoutCommand(program);
	program.addHelpText(
		"after",
		`
Settings come from the environment, and from a .env file: the same as the server's.

Exit codes: 0 done, ${exitCodes.refused} refused or failed, ${exitCodes.usage} not understood, ${exitCodes.unavailable} database out of reach,
${exitCodes.bug} a bug in Placelock, ${exitCodes.configuration} configuration wrong.`,
	);
	return program;
}

function commandsOf(program: Command): string[] {
	return program.commands.map((command) => command.name());
}

/** `examples`: what to type after `placelock`. */
function addGroup(program: Command, name: string, description: string, examples: readonly string[]): Command {
	const group = program
		.command(name)
		.description(description)
		.usage("<command> [options]")
		.helpCommand(false)
		.addHelpText("after", `\nExamples:\n${examples.map((example) => `  placelock ${example}`).join("\n")}`);
	refuseWithoutCommand(group);
	return group;
}

/** Without a command there is nothing to do: help, on stderr, and the exit code of a mistake. */
function refuseWithoutCommand(group: Command): void {
	group.argument("[command]");
	// Options of a command that is not there are not what is wrong.
	group.allowUnknownOption().allowExcessArguments();
	group.action(() => {
		const commands = group.commands.map((command) => command.name()).join(", ");
		const path = group.parent === null ? "" : `${group.name()} `;
		const what = notThere(path, group.args);
		throw usageFailure(`${what}; commands: ${commands}. More: placelock ${path}--help`);
	});
}

function notThere(path: string, args: readonly string[]): string {
	const [first] = args;
	if (first === undefined || (first === "--json" && args.length === 1)) return "say what to do";
	return first.startsWith("-") ? `unknown option '${first}'` : `there is no command "${path}${first}"`;
}

/** What commander says is wrong, and the help of the command it is said of. */
function notUnderstood(
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
