import type { Command } from "commander";
import { serializeMember } from "../../api/serializeAccount.js";
import { withListPosition } from "../../model/member.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

/** `placelock member list` */
export function addMemberList(member: Command): void {
	addListOptions(member.command("list").argument("<workspace>", workspaceArgument))
		.description("list the members of a workspace, newest first")
		.addHelpText(
			"after",
			`
Operators have access to every workspace. They are listed only where they are members.

Examples:
  placelock member list "Obby Studio"
  placelock member list ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, given: GivenListOptions) => {
			const options = readListOptions(given);
			await withExistingServices(async (services) => {
				const { members, accounts } = services.store;
				const { id: workspaceId } = await findWorkspace(services, givenWorkspace);
				const list = async (request: Parameters<typeof members.list>[1]) => {
					const { records, more } = await members.list(workspaceId, request);
					return { records: records.map(withListPosition), more };
				};
				const pages = async function* () {
					for await (const page of recordPages(list)) {
						yield await Promise.all(page.map((record) => serializeMember(accounts, record)));
					}
				};
				await printList(
					pages(),
					[
						{ title: "account", of: ({ accountId }) => accountId },
						{ title: "name", of: ({ name }) => name },
						{ title: "role", of: ({ role }) => role },
						{ title: "since", of: ({ createdAt }) => createdAt },
					],
					{ ...options, none: "No members: only operators have access to this workspace." },
				);
			});
		});
}
