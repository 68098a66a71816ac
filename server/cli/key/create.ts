import type { Command } from "commander";
import { serializeKey } from "../../api/serializeKey.js";
import { commandLine } from "../../core/context.js";
import { issueKey } from "../../keys/issueKey.js";
import { systemClock } from "../../primitives/clock.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import {
	addKeyFields,
	type GivenKeyFields,
	keyFieldValues,
	keyOptionProblems,
	newKeyShape,
	resolveExpiry,
} from "./keyOptions.js";
import { keyText, tokenText } from "./keyText.js";

/** `placelock key create` */
export function addKeyCreate(key: Command): void {
	const command = key
		.command("create")
		.description("create a key in a workspace; prints its token once")
		.argument("<workspace>", workspaceArgument)
		.option("--name <name>", "name of the key, unique in the workspace (required)")
		.option("--kind <kind>", "game, or service for a backend that introspects keys", "game");
	addKeyFields(command)
		.option("--json", "print the key and its token as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Without --scopes, the key can only verify.

Examples:
  placelock key create "Obby Studio" --name "Game servers"
  placelock key create "Obby Studio" --name Shop --kind service --scopes keys.introspect --allowed-ips 203.0.113.7
  placelock key create ws_d7xo05NXfrt5 --name Event --place-ids 123456 --expires-days 30 --rate-limit 100/60`,
		)
		.action(async (givenWorkspace: string, given: GivenKeyFields & { kind: string; json?: true }) => {
			const kind = given.kind === "service" ? "service" : "game";
			const values = keyFieldValues(given);
			const input = readOptions(
				newKeyShape,
				{ ...values, kind: given.kind, scopes: values.scopes ?? [] },
				keyOptionProblems(kind, given, systemClock.now()),
			);
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, givenWorkspace);
				const now = services.clock.now();
				const { expiresDays: _, ...fields } = input;
				const expiresAt = resolveExpiry(input, now) ?? undefined;
				const issued = unwrap(
					await issueKey(services, { ...fields, workspaceId: workspace.id, expiresAt }, commandLine),
				);
				const response = serializeKey(issued.key, now, { idleDays: workspace.idleDays });
				await printResult(
					given,
					{ ...response, token: issued.token },
					() => `${colour("green", "Created")} a key:\n\n${keyText(response)}\n\n${tokenText(issued.token)}`,
				);
			});
		});
}
