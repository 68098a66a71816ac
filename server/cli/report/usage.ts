import type { Command } from "commander";
import type { EndpointOutput } from "../../../shared/endpoint.js";
import type { getUsage } from "../../../shared/endpoints/usage.js";
import { limits } from "../../../shared/limits.js";
import { integer, object, optional } from "../../../shared/schema.js";
import type { Services } from "../../core/context.js";
import { dayMs, dayOf } from "../../model/spans.js";
import { isoTime } from "../../primitives/timestamps.js";
import { usageReport } from "../../usage/usageReport.js";
import { unwrap } from "../support/commandFailure.js";
import { onTerminal, print, printList } from "../support/output.js";
import { digitsToNumber, readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

const options = object({ days: optional(integer({ minimum: 1, maximum: limits.usageDays })) });
const defaultDays = 30;

type Report = EndpointOutput<typeof getUsage>;

/** `placelock usage` */
export function addUsage(program: Command): void {
	program
		.command("usage")
		.description("count a workspace's requests, verified and denied, by key; those with the most calls first")
		.argument("<workspace>", workspaceArgument)
		.option(
			"--days <days>",
			`how many UTC days, today with them: 1 to ${limits.usageDays}; ${defaultDays} when left out`,
		)
		.option("--json", "print the calls by day and by key as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
Up to 5 seconds behind. At most ${limits.keysPerUsage} keys; deleted ones stay in it, without a name.

Examples:
  placelock usage "Obby Studio"
  placelock usage "Obby Studio" --days 7
  placelock usage ws_d7xo05NXfrt5 --json`,
		)
		.action(async (named: string, given: { days?: string; json?: true }) => {
			const { days = defaultDays } = readOptions(options, { days: digitsToNumber(given.days) });
			await withExistingServices(async (services) => {
				const { id } = await findWorkspace(services, named);
				const now = services.clock.now();
				const from = isoTime(dayOf(now) - (days - 1) * dayMs);
				const report = unwrap(await usageReport(services.store.usage, id, { bucket: "day", from }, now));
				await (given.json ? print(`${JSON.stringify(report)}\n`) : printUsage(services, report));
			});
		});
}

async function printUsage({ store }: Services, { keys = [], total }: Report): Promise<void> {
	const named = async function* () {
		yield await Promise.all(
			keys.map(async (counts) => ({ ...counts, name: (await store.keys.findById(counts.keyId))?.name })),
		);
	};
	await printList(
		named(),
		[
			{ title: "key", of: ({ keyId }) => keyId },
			{ title: "name", of: ({ name }) => name },
			{ title: "verified", of: ({ verified }) => String(verified) },
			{ title: "denied", of: ({ denied }) => String(denied) },
		],
		{ none: "No key of this workspace was used." },
	);
	if (onTerminal() && keys.length > 0) {
		await print(`\nAll of them: ${total.verified} verified, ${total.denied} denied.\n`);
	}
}
