import type { Command } from "commander";
import { rotateKey as endpoint } from "../../shared/endpoints/keys.js";
import { commandLine } from "../domain.js";
import { rotateKey } from "../keys/rotateKey.js";
import { adminKeyArgument, adminKeyMention, adminKeyWithId } from "./adminKeyNamed.js";
import { colour } from "./colour.js";
import { granted } from "./commandFailure.js";
import { confirm } from "./confirm.js";
import { answerOf, keyIdIn, keyIdProblems } from "./keyNamed.js";
import { tokenText } from "./keyText.js";
import { tell } from "./output.js";
import { digitsToNumber, readOptions } from "./readOptions.js";
import { withExistingDomain } from "./withDomain.js";

/** `placelock admin-key rotate` */
export function addAdminKeyRotate(adminKey: Command): void {
	adminKey
		.command("rotate")
		.description("give an admin key a new token; prints it, once, and honours the old one for a while")
		.argument("<keyId>", adminKeyArgument)
		.option(
			"--overlap-seconds <seconds>",
			"how long the old token stays good, 0 to 2592000; a day when left out",
		)
		.option("--yes", "do not ask, where the old token ends at once")
		.option("--json", "print the key with its new token as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
It keeps its scopes and its expiry. With --overlap-seconds 0 every older token is refused within a second: for the
day one has leaked.

Examples:
  placelock admin-key rotate 8Fh2kQ0pLm3x
  placelock admin-key rotate 8Fh2kQ0pLm3x --overlap-seconds 0 --yes --json`,
		)
		.action(async (givenKey: string, given: { overlapSeconds?: string; yes?: true; json?: true }) => {
			const { overlapSeconds } = readOptions(
				endpoint.body,
				{ overlapSeconds: digitsToNumber(given.overlapSeconds) },
				keyIdProblems(givenKey, "keyId"),
				["keyId"],
			);
			const id = keyIdIn(givenKey, "keyId");
			await withExistingDomain(async (domain) => {
				const found = await adminKeyWithId(domain, id);
				if (overlapSeconds === 0) {
					await confirm(
						`This ends every token of ${adminKeyMention(found)} at once: whoever uses one is refused within a second.`,
						given,
					);
				}
				const { key: rotated, token } = granted(await rotateKey(domain, found, overlapSeconds, commandLine));
				const answer = await answerOf(domain, rotated);
				const until = answer.previousValidUntil;
				const old =
					until === undefined ? "The old token is no longer good." : `The old token is good until ${until}.`;
				await tell(
					given,
					{ ...answer, token },
					() => `${colour("green", "Rotated")} ${adminKeyMention(rotated)}. ${old}\n\n${tokenText(token)}`,
				);
			});
		});
}
