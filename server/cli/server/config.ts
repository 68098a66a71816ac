import { resolve } from "node:path";
import type { Command } from "commander";
import { type Environment, readEnvFile, readSettings, type Variable, variables } from "../../boot/config.js";
import { fileExists, PathNotReadable } from "../../primitives/files.js";
import { secretFile } from "../../secrets/serverSecret.js";
import { printList } from "../support/output.js";
import { maskedSetting } from "./maskSecrets.js";

/** A setting as it is in effect. */
export interface EffectiveSetting {
	readonly variable: Variable;
	/** Secrets masked; absent when the setting is absent. */
	readonly value?: string;
	readonly source: "environment" | ".env" | "default";
	/** What else is worth knowing. */
	readonly note?: string;
}

/** `placelock config`: the settings in effect. */
export function addConfig(program: Command): void {
	program
		.command("config")
		.description("print the settings in effect and where each comes from, secrets masked")
		.option("--json", "print JSON lines: one setting a line")
		.addHelpText(
			"after",
			`
The environment wins over the .env file of the working directory, and that over
the defaults. What is wrong with the settings is said after them.

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
					{ title: "from", of: ({ source }) => source },
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

/** Every setting, in the order they are documented. */
export function effectiveSettings(environment: Environment, file: Environment): EffectiveSetting[] {
	const merged = { ...file, ...environment };
	// What is wrong is said later: here only the defaults are wanted.
	const plain = readSettings({});
	const defaults: Partial<Record<Variable, string>> = {
		HOST: plain.host,
		PORT: String(plain.port),
		PLACELOCK_DATA_DIR: plain.dataDir,
		PLACELOCK_PLACE_PROOF: plain.placeProof,
		LOG_LEVEL: plain.logLevel,
	};
	return variables.map((variable) => {
		const given = merged[variable]?.trim() || undefined;
		const source =
			given === undefined ? "default" : environment[variable] === undefined ? ".env" : "environment";
		const value = given === undefined ? defaults[variable] : maskedSetting(variable, given);
		const notes = [noteOn(variable, merged), hiddenNote(variable, environment, file)];
		const note = notes.filter((text) => text !== undefined).join("; ");
		return { variable, ...(value === undefined ? {} : { value }), source, ...(note === "" ? {} : { note }) };
	});
}

function noteOn(variable: Variable, merged: Environment): string | undefined {
	const value = merged[variable]?.trim() || undefined;
	const dataDir = merged.PLACELOCK_DATA_DIR?.trim() || "./data";
	const embedded = !merged.MONGODB_URI?.trim();
	switch (variable) {
		case "PLACELOCK_SECRET": {
			if (value !== undefined) return `${Buffer.byteLength(value)} bytes`;
			if (!embedded) return undefined;
			const kept = resolve(secretFile({ dataDir }));
			return keptNote(kept);
		}
		case "PLACELOCK_RETIRED_SECRETS": {
			const count = (value ?? "").split(",").filter((entry) => entry.trim() !== "").length;
			return count === 0 ? undefined : `${count} of them`;
		}
		case "PLACELOCK_DATA_DIR":
			return embedded ? resolve(dataDir) : "not used with MongoDB";
		default:
			return undefined;
	}
}

function keptNote(file: string): string {
	try {
		return fileExists(file) ? `kept in ${file}` : `made on the first start, in ${file}`;
	} catch (error) {
		if (error instanceof PathNotReadable) return error.message;
		throw error;
	}
}

/** A `.env` that is not heard is worth a word: the environment wins even where it says nothing. */
function hiddenNote(variable: Variable, environment: Environment, file: Environment): string | undefined {
	if (!file[variable]?.trim() || environment[variable] === undefined) return undefined;
	return environment[variable].trim() === ""
		? "set to nothing in the environment, so .env is not heard"
		: "also in .env, where it is not heard";
}
