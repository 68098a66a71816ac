import type { Command } from "commander";
import { type ErrorCode, errors } from "../../../shared/errors.js";
import { limits } from "../../../shared/limits.js";
import { choice, object, optional } from "../../../shared/schema.js";
import { type DenialResponse, serializeDenial } from "../../api/serializeDenial.js";
import type { DenialStore } from "../../store/store.js";
import { addListOptions, type GivenListOptions, limitField } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { digitsToNumber, readOptions } from "../support/readOptions.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

const options = object({ code: optional(choice(Object.keys(errors) as ErrorCode[])), ...limitField });

/** A denial with what to do about it. */
type DenialWithFix = DenialResponse & { readonly fix?: string };

/** `placelock denials` */
export function addDenials(program: Command): void {
	addListOptions(
		program
			.command("denials")
			.argument("<workspace>", workspaceArgument)
			.option("--code <code>", "only this error code, such as place_not_allowed"),
	)
		.description("list a workspace's denied requests, newest first, with how to fix each")
		.addHelpText(
			"after",
			`
Lists requests made with the workspace's API keys, up to 5 seconds behind.
Requests with the same code, key, place and address are grouped, with a count.
The newest ${limits.denialsPerWorkspace} groups are kept, for at most ${limits.usageDays} days. --json adds a fix to each.

Examples:
  placelock denials "Obby Studio"
  placelock denials "Obby Studio" --code place_not_allowed --limit 10
  placelock denials ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, { json, ...given }: GivenListOptions & { code?: string }) => {
			const { code, limit } = readOptions(options, { ...given, limit: digitsToNumber(given.limit) });
			await withExistingServices(async (services) => {
				const { id } = await findWorkspace(services, givenWorkspace);
				const filter = code === undefined ? "" : ` with the code ${code}`;
				await printList(
					denialPages(services.store.denials, id, code),
					[
						{ title: "last", of: ({ lastAt }) => lastAt },
						{ title: "requests", of: ({ count }) => String(count) },
						{ title: "code", of: (denial) => denial.code },
						{ title: "key", of: ({ keyId }) => keyId },
						{ title: "key name", of: ({ keyName }) => keyName },
						{ title: "place", of: ({ placeId }) => placeId },
						{ title: "address", of: ({ address }) => address },
						{ title: "fix", of: ({ fix }) => fix },
					],
					{ json, limit, none: `No denied requests${filter}.` },
				);
			});
		});
}

async function* denialPages(
	denials: DenialStore,
	workspaceId: string,
	code: string | undefined,
): AsyncGenerator<readonly DenialWithFix[]> {
	const list = async (request: Parameters<DenialStore["list"]>[1]) => {
		const { records, more } = await denials.list(workspaceId, request);
		return { records: records.map((denial) => ({ ...denial, createdAt: denial.lastAt })), more };
	};
	for await (const page of recordPages(list)) {
		const wanted = page.filter((denial) => code === undefined || denial.code === code);
		yield wanted.map(serializeDenial).map((response) => ({ ...response, fix: fixOf(response) }));
	}
}

function fixOf({ code, scope }: DenialResponse): string | undefined {
	if (scope !== undefined) return `Add the scope ${scope} to the key.`;
	return code in errors ? errors[code as ErrorCode].fix : undefined;
}
