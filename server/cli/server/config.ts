import { resolve } from "node:path";
import type { Command } from "commander";
import { type Environment, readEnvFile, readSettings, type Variable, variables } from "../../boot/config.js";
import { fileExists, PathNotReadable } from "../../primitives/files.js";
import { secretFile } from "../../secrets/serverSecret.js";
import { printList } from "../support/output.js";
import { maskedSetting } from "./maskSecrets.js";

/** A setting in effect. */
export interface EffectiveSetting {
	readonly variable: Variable;
	/** With secrets masked. Absent when the setting is absent. */
	readonly value?: string;
	readonly source: "environment" | ".env" | "default";
	readonly note?: string;
}

/** `placelock config`: the settings in effect. */
export function addConfig(program: Command): void {
	program
		.command("config")
		.description("show the settings in effect and their source, with secrets masked")
		.option("--json", "print one JSON object per line")
		.addHelpText(
			"after",
			`
The environment overrides the .env file in the working directory, which overrides
the defaults. Problems with the settings are printed after them.

Examples:
  placelock config
  placelock config --json`,
		)
		.action(async (given: { json?: true }) => {
			const file = readEnvFile();
			const settings = effectiveSettings(process.env, file);
			await printList(
				pageOf(settings),
				[
					{ title: "variable", of: ({ variable }) => variable },
					{ title: "value", of: ({ value }) => value },
					{ title: "source", of: ({ source }) => source },
					{ title: "note", of: ({ note }) => note },
				],
				{ ...given, none: "" },
			);
			readSettings({ ...file, ...process.env });
		});
}

async function* pageOf<T>(records: readonly T[]): AsyncGenerator<readonly T[]> {
	yield records;
}

/** Every setting, in the documented order. */
export function effectiveSettings(environment: Environment, file: Environment): EffectiveSetting[] {
	const merged = { ...file, ...environment };
	// Only for the defaults: the caller reports problems with the real settings.
	const byDefault = readSettings({});
	const defaults: Partial<Record<Variable, string>> = {
		HOST: byDefault.host,
		PORT: String(byDefault.port),
		PLACELOCK_DATA_DIR: byDefault.dataDir,
		PLACELOCK_PLACE_PROOF: byDefault.placeProof,
		LOG_LEVEL: byDefault.logLevel,
	};
	return variables.map((variable) => {
		const given = merged[variable]?.trim() || undefined;
		const source =
			given === undefined ? "default" : environment[variable] === undefined ? ".env" : "environment";
		const value = given === undefined ? defaults[variable] : maskedSetting(variable, given);
		const notes = [settingNote(variable, merged), overriddenNote(variable, environment, file)];
		const note = notes.filter((text) => text !== undefined).join("; ");
		return { variable, ...(value === undefined ? {} : { value }), source, ...(note === "" ? {} : { note }) };
	});
}

function settingNote(variable: Variable, merged: Environment): string | undefined {
	const value = merged[variable]?.trim() || undefined;
	const dataDir = merged.PLACELOCK_DATA_DIR?.trim() || "./data";
	const embedded = !merged.MONGODB_URI?.trim();
	switch (variable) {
		case "PLACELOCK_SECRET": {
			if (value !== undefined) return `${Buffer.byteLength(value)} bytes`;
			if (!embedded) return undefined;
			const kept = resolve(secretFile({ dataDir }));
			return secretFileNote(kept);
		}
		case "PLACELOCK_RETIRED_SECRETS": {
			const count = (value ?? "").split(",").filter((entry) => entry.trim() !== "").length;
			return count === 0 ? undefined : `${count} ${count === 1 ? "secret" : "secrets"}`;
		}
		case "PLACELOCK_DATA_DIR":
			return embedded ? resolve(dataDir) : "not used with MongoDB";
		default:
			return undefined;
	}
}

function secretFileNote(file: string): string {
	try {
		return fileExists(file) ? `stored in ${file}` : `created on the first start, in ${file}`;
	} catch (error) {
		if (error instanceof PathNotReadable) return error.message;
		throw error;
	}
}

/** Points out a line of `.env` that has no effect: the environment wins even when its value is empty. */
function overriddenNote(variable: Variable, environment: Environment, file: Environment): string | undefined {
	if (!file[variable]?.trim() || environment[variable] === undefined) return undefined;
	return environment[variable].trim() === ""
		? "empty in the environment, which overrides .env"
		: "overrides .env";
}
