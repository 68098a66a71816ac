import type { Command } from "commander";
import { readEnvironment, readSettings } from "../../boot/config.js";
import { describeDataLocation } from "../../boot/dataLocation.js";
import { systemClock } from "../../primitives/clock.js";
import { openStore } from "../../storage/openStore.js";
import { colour } from "../support/colour.js";
import { printResult } from "../support/output.js";

/** `placelock migrate`: the migration that every start does first, without the start. */
export function addMigrate(program: Command): void {
	program
		.command("migrate")
		.description("migrate the database to the current schema without starting the server")
		.option("--json", "print both schema versions as one line of JSON")
		.addHelpText(
			"after",
			`
The server does this on every start. Run it beforehand for a faster start and to
see problems early. Back up first: an older Placelock cannot open a migrated
database, and an older server that is still running stops being ready (/readyz).

Examples:
  placelock migrate
  placelock migrate --json`,
		)
		.action(async (given: { json?: true }) => {
			const settings = readSettings(readEnvironment());
			const store = await openStore(settings, systemClock);
			const { found: from, current: to } = store.schema;
			await store.close();
			const done =
				from === to
					? `Nothing to do: the database has the current schema, ${to}.`
					: `${colour("green", "Migrated")} the database from schema ${from === 0 ? "0 (new)" : from} to ${to}.`;
			await printResult(given, { from, to }, `${done}\n${describeDataLocation(settings)}`);
		});
}
