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

/** A refusal with what lets the next call through. */
type NewDenial = DenialResponse & { readonly fix?: string };

/** `placelock refusals` */
export function addDenials(program: Command): void {
	addListOptions(
		program
			.command("refusals")
			.argument("<workspace>", workspaceArgument)
			.option("--code <code>", "only those refused for this reason, such as place_not_allowed"),
	)
		.description("list a workspace's refused calls, the latest first, with what to do about each")
		.addHelpText(
			"after",
			`
Calls with a token of the workspace, up to 5 seconds behind. The same refusal of
the same key from the same place and address is one line with a count. The latest
${limits.denialsPerWorkspace} are kept, for at most ${limits.usageDays} days. With --json each has its fix as well.

Examples:
  placelock refusals "Obby Studio"
  placelock refusals "Obby Studio" --code place_not_allowed --limit 10
  placelock refusals ws_d7xo05NXfrt5 --json`,
		)
		.action(async (named: string, { json, ...given }: GivenListOptions & { code?: string }) => {
			const { code, limit } = readOptions(options, { ...given, limit: digitsToNumber(given.limit) });
			await withExistingServices(async (services) => {
				const { id } = await findWorkspace(services, named);
				const which = code === undefined ? "" : ` as ${code}`;
				await printList(
					refusals(services.store.denials, id, code),
					[
						{ title: "last", of: ({ lastAt }) => lastAt },
						{ title: "calls", of: ({ count }) => String(count) },
						{ title: "code", of: (denial) => denial.code },
						{ title: "key", of: ({ keyId }) => keyId },
						{ title: "key name", of: ({ keyName }) => keyName },
						{ title: "place", of: ({ placeId }) => placeId },
						{ title: "address", of: ({ address }) => address },
						{ title: "what to do", of: ({ fix }) => fix },
					],
					{ json, limit, none: `No call of this workspace was refused${which}.` },
				);
			});
		});
}

async function* refusals(
	denials: DenialStore,
	workspaceId: string,
	code: string | undefined,
): AsyncGenerator<readonly NewDenial[]> {
	const list = async (request: Parameters<DenialStore["list"]>[1]) => {
		const { records, more } = await denials.list(workspaceId, request);
		return { records: records.map((denial) => ({ ...denial, createdAt: denial.lastAt })), more };
	};
	for await (const page of recordPages(list)) {
		const wanted = page.filter((denial) => code === undefined || denial.code === code);
		yield wanted.map(serializeDenial).map((answer) => ({ ...answer, fix: fixOf(answer) }));
	}
}

function fixOf({ code, scope }: DenialResponse): string | undefined {
	if (scope !== undefined) return `Add the scope ${scope} to the key.`;
	return code in errors ? errors[code as ErrorCode].fix : undefined;
}
