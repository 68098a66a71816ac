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
import { isTerminal, print, printList } from "../support/output.js";
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
		.description("show a workspace's verified and denied requests by key, busiest first")
		.argument("<workspace>", workspaceArgument)
		.option(
			"--days <days>",
			`UTC days to count, including today: 1 to ${limits.usageDays} (default: ${defaultDays})`,
		)
		.option("--json", "print requests by day and by key as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Up to 5 seconds behind. Shows at most ${limits.keysPerUsage} keys. Deleted keys are shown without a name.

Examples:
  placelock usage "Obby Studio"
  placelock usage "Obby Studio" --days 7
  placelock usage ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, given: { days?: string; json?: true }) => {
			const { days = defaultDays } = readOptions(options, { days: digitsToNumber(given.days) });
			await withExistingServices(async (services) => {
				const { id } = await findWorkspace(services, givenWorkspace);
				const now = services.clock.now();
				const from = isoTime(dayOf(now) - (days - 1) * dayMs);
				const report = unwrap(await usageReport(services.store.usage, id, { bucket: "day", from }, now));
				await (given.json ? print(`${JSON.stringify(report)}\n`) : printUsage(services, report));
			});
		});
}

async function printUsage({ store }: Services, { keys = [], total }: Report): Promise<void> {
	const pages = async function* () {
		yield await Promise.all(
			keys.map(async (counts) => ({ ...counts, name: (await store.keys.findById(counts.keyId))?.name })),
		);
	};
	await printList(
		pages(),
		[
			{ title: "key", of: ({ keyId }) => keyId },
			{ title: "name", of: ({ name }) => name },
			{ title: "verified", of: ({ verified }) => String(verified) },
			{ title: "denied", of: ({ denied }) => String(denied) },
		],
		{ none: "No requests in this period." },
	);
	if (isTerminal() && keys.length > 0) {
		await print(`\nTotal: ${total.verified} verified, ${total.denied} denied.\n`);
	}
}
