import type { Command } from "commander";
import { type CommandFailure, usageFailure } from "./commandFailure.js";

/** The script of package.json that runs the command line. */
const script = "placelock";

/** Options of ours that npm has settings of the same name for, which may come from its own configuration. */
const npmSettings: ReadonlySet<string> = new Set([
	"description",
	"dry-run",
	"force",
	"json",
	"key",
	"name",
	"scopes",
	// Of native modules' builds, which tools for Electron set.
	"target",
	"workspace",
	"yes",
]);

/**
 * The options that npm kept for itself (`--json`), because the `--` before them
 * was lost: npm's start script for PowerShell loses it. npm then takes every
 * option for a setting of its own and hands the settings on as variables; the
 * command would run without them. Where npm has a setting of that name and the
 * command takes the option, nobody can tell whether it was typed: it counts.
 */
export function optionsNpmKept(
	program: Command,
	words: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
): string[] {
	// With the `--` in its place options arrive here; without it, none does.
	if (environment.npm_lifecycle_event !== script || words.some((word) => word.startsWith("-"))) return [];
	const settings = Object.keys(environment)
		.filter((name) => name.startsWith("npm_config_") && environment[name] !== "")
		.map((name) => name.slice("npm_config_".length).replaceAll("_", "-"));
	const own = optionsOf(commandIn(program, words));
	const foreign = optionsOf(...commandsUnder(program)).filter((name) => !npmSettings.has(name));
	const kept = [...new Set([...own, ...foreign])].filter((name) => {
		if (settings.includes(name)) return true;
		// npm completes what it is given: `--to` may have become a setting that begins so.
		return (
			own.includes(name) && !npmSettings.has(name) && settings.some((setting) => setting.startsWith(name))
		);
	});
	return kept.map((name) => `--${name}`);
}

/** What to tell about them. Their values are not repeated. */
export function keptByNpm(options: readonly string[]): CommandFailure {
	return usageFailure(
		`npm kept ${options.join(", ")} for itself, so nothing was done: the shell took \`--\` away, as Windows PowerShell does.
Write node scripts/placelock.mjs in the place of npm run placelock, and the rest as it was.`,
	);
}

function commandIn(program: Command, words: readonly string[]): Command {
	let command = program;
	for (const word of words) {
		const next = command.commands.find((each) => each.name() === word);
		if (next === undefined) break;
		command = next;
	}
	return command;
}

function commandsUnder(command: Command): Command[] {
	return [command, ...command.commands.flatMap(commandsUnder)];
}

/** Their long names, without dashes. */
function optionsOf(...commands: readonly Command[]): string[] {
	return commands.flatMap(({ options }) => options.map(({ long }) => long?.slice(2) ?? ""));
}
