import type { Command } from "commander";
import { keyAnswer } from "../../api/serializeKey.js";
import { commandLine } from "../../core/context.js";
import { issueKey } from "../../keys/issueKey.js";
import { systemClock } from "../../primitives/clock.js";
import { colour } from "../support/colour.js";
import { granted } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingDomain } from "../support/withServices.js";
import { workspaceArgument, workspaceNamed } from "../workspace/findWorkspace.js";
import {
	addKeyFields,
	expiryIn,
	type GivenKeyFields,
	keyFieldFaults,
	keyFieldValues,
	newKeyShape,
} from "./keyOptions.js";
import { keyText, tokenText } from "./keyText.js";

/** `placelock key create` */
export function addKeyCreate(key: Command): void {
	const command = key
		.command("create")
		.description("make a key in a workspace; prints its token, once")
		.argument("<workspace>", workspaceArgument)
		.option("--name <name>", "what to call it; no other key in use there may be called so (required)")
		.option("--kind <kind>", "game, or service: another backend that asks about keys", "game");
	addKeyFields(command)
		.option("--json", "print the key with its token as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
Without --scopes the key can verify, and nothing else.

Examples:
  placelock key create "Obby Studio" --name "Game servers"
  placelock key create "Obby Studio" --name Shop --kind service --scopes keys.introspect --allowed-ips 203.0.113.7
  placelock key create ws_d7xo05NXfrt5 --name Event --place-ids 123456 --expires-days 30 --rate-limit 100/60`,
		)
		.action(async (named: string, given: GivenKeyFields & { kind: string; json?: true }) => {
			const kind = given.kind === "service" ? "service" : "game";
			const values = keyFieldValues(given);
			const wish = readOptions(
				newKeyShape,
				{ ...values, kind: given.kind, scopes: values.scopes ?? [] },
				keyFieldFaults(kind, given, systemClock.now()),
			);
			await withExistingDomain(async (domain) => {
				const workspace = await workspaceNamed(domain, named);
				const now = domain.clock.now();
				const { expiresDays: _, ...fields } = wish;
				const expiresAt = expiryIn(wish, now) ?? undefined;
				const issued = granted(
					await issueKey(domain, { ...fields, workspaceId: workspace.id, expiresAt }, commandLine),
				);
				const answer = keyAnswer(issued.key, now, { idleDays: workspace.idleDays });
				await tell(
					given,
					{ ...answer, token: issued.token },
					() => `${colour("green", "Made")} a key:\n\n${keyText(answer)}\n\n${tokenText(issued.token)}`,
				);
			});
		});
}
