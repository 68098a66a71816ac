import type { Command } from "commander";
import { keyStatuses } from "../../../shared/endpoints/records.js";
import { choice, object, optional } from "../../../shared/schema.js";
import { type KeyResponse, serializeKey } from "../../api/serializeKey.js";
import type { Services } from "../../core/context.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { addListOptions, type GivenListOptions, limitField } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { digitsToNumber, readOptions } from "../support/readOptions.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

const options = object({ status: optional(choice(keyStatuses)), ...limitField });

/** `placelock key list` */
export function addKeyList(key: Command): void {
	addListOptions(
		key
			.command("list")
			.argument("<workspace>", workspaceArgument)
			.option("--status <status>", `only keys with this status: ${keyStatuses.join(", ")}`),
	)
		.description("list a workspace's keys, newest first")
		.addHelpText(
			"after",
			`
Examples:
  placelock key list "Obby Studio"
  placelock key list "Obby Studio" --status idle
  placelock key list ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, given: GivenListOptions & { status?: string }) => {
			const { status, limit } = readOptions(options, {
				status: given.status,
				limit: digitsToNumber(given.limit),
			});
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, givenWorkspace);
				await printList(
					pages(services, workspace, status),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "kind", of: ({ kind }) => kind },
						{ title: "status", of: (key) => key.status },
						{ title: "scopes", of: ({ scopes }) => scopes.join(",") },
						{ title: "expires", of: ({ expiresAt }) => expiresAt },
						{ title: "last used", of: ({ lastUsedAt }) => lastUsedAt },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{
						json: given.json,
						limit,
						none: `No ${status === undefined ? "" : `${status} `}keys.`,
					},
				);
			});
		});
}

async function* pages(
	{ store, clock }: Services,
	{ id, idleDays }: WorkspaceRecord,
	status: string | undefined,
): AsyncGenerator<readonly KeyResponse[]> {
	for await (const page of recordPages((request) => store.keys.list(id, request))) {
		const lastUses = await store.usage.lastUses(page.map((key) => key.id));
		yield page
			.map((key) => serializeKey(key, clock.now(), { idleDays, lastUse: lastUses.get(key.id) }))
			.filter((key) => status === undefined || key.status === status);
	}
}
