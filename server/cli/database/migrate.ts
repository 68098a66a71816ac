import type { Command } from "commander";
import { readEnvironment, readSettings } from "../../boot/config.js";
import { describeDataLocation } from "../../boot/dataLocation.js";
import { systemClock } from "../../primitives/clock.js";
import { openStore } from "../../storage/openStore.js";
import { colour } from "../support/colour.js";
import { tell } from "../support/output.js";

/** `placelock migrate`: what every start does first, and nothing else of it. */
export function addMigrate(program: Command): void {
	program
		.command("migrate")
		.description("bring the database's schema up to date without serving")
		.option("--json", "print both versions as one line of JSON")
		.addHelpText(
			"after",
			`
Every start does this by itself. Done beforehand, a start is quicker, and what
goes wrong is told here. Take a backup first: an older Placelock does not open
what a newer one has migrated, and a server of it that still runs is no longer
ready (/readyz) from then on.

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
					? `Nothing to do: the schema is ${to}, the one this Placelock knows.`
					: `${colour("green", "Migrated")} the database from schema ${from === 0 ? "0 (new)" : from} to ${to}.`;
			await tell(given, { from, to }, `${done}\n${describeDataLocation(settings)}`);
		});
}
