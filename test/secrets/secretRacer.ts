import { join } from "node:path";
import { serverSecrets } from "../../server/secrets/serverSecret.js";

/** A program that makes a first start in one folder after the other, each at a moment it shares with its rivals. */
const [folder = "", rounds = "", startAt = "", roundMs = ""] = process.argv.slice(2);
const secrets: string[] = [];
for (let round = 0; round < Number(rounds); round++) {
	const moment = Number(startAt) + round * Number(roundMs);
	while (Date.now() < moment);
	secrets.push(serverSecrets({ dataDir: join(folder, String(round)), retiredSecrets: [] }).current);
}
process.stdout.write(secrets.join("\n"));
