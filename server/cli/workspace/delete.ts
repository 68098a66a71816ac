import type { Command } from "commander";
import { commandLine, type Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import { revokeKey } from "../../keys/changeKey.js";
import type { KeyRecord } from "../../model/key.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { deleteWorkspace } from "../../workspaces/changeWorkspace.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { ProgressLine } from "../support/progressLine.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "./findWorkspace.js";
import { workspaceMention } from "./workspaceText.js";

/** `placelock workspace delete` */
export function addWorkspaceDelete(workspace: Command): void {
	workspace
		.command("delete")
		.description("delete a workspace with its places and revoked keys")
		.argument("<workspace>", workspaceArgument)
		.option("--revoke-keys", "first revoke every key that is not revoked, for good")
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Refused while the workspace has a key that is not revoked, unless --revoke-keys
says to revoke them all. When that is cut off, do it again: it goes on.

Examples:
  placelock workspace delete "Obby Studio"
  placelock workspace delete "Obby Studio" --revoke-keys
  placelock workspace delete ws_d7xo05NXfrt5 --yes --json`,
		)
		.action(async (named: string, given: { revokeKeys?: true; yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, named);
				const live = await countKeys(services, workspace);
				if (live > 0 && !given.revokeKeys) throw problemFailure(withKeys(live));
				await confirm(deletionText(workspace, live), given);
				const revokedKeys = live === 0 ? 0 : await revokeKeys(services, workspace, live);
				unwrap(await deleteWorkspace(services, workspace, commandLine));
				await tell(
					given,
					{ workspaceId: workspace.id, deleted: true, ...(given.revokeKeys ? { revokedKeys } : {}) },
					`${colour("green", "Deleted")} ${workspaceMention(workspace)}` +
						`${live === 0 ? "" : `, after revoking ${pluralize(revokedKeys, "key")}`}.`,
				);
			});
		});
}

function withKeys(live: number): Problem {
	const them = live === 1 ? "it" : "them";
	const detail =
		`The workspace still has ${pluralize(live, "key")} not revoked: revoke ${them} first, ` +
		`or add --revoke-keys, which revokes ${them} for good.`;
	return new Problem("workspace_has_keys", { detail });
}

function deletionText(workspace: WorkspaceRecord, live: number): string {
	const keys = live === 0 ? "its places and revoked keys" : "its places and keys";
	const revoked =
		live === 0
			? ""
			: ` It revokes ${pluralize(live, "key")} first: whoever uses one is refused within a second.`;
	return `This deletes ${workspaceMention(workspace)} with ${keys}, for good.${revoked}`;
}

/** The keys of a workspace that are not revoked, a page at a time. */
async function* liveKeys({ store }: Services, { id }: WorkspaceRecord): AsyncGenerator<readonly KeyRecord[]> {
	for await (const page of recordPages((request) => store.keys.list(id, request))) {
		yield page.filter(({ revokedAt }) => revokedAt === undefined);
	}
}

async function countKeys(services: Services, workspace: WorkspaceRecord): Promise<number> {
	let count = 0;
	for await (const page of liveKeys(services, workspace)) count += page.length;
	return count;
}

/** Revokes them one by one, each with its audit entry, and says how many. */
async function revokeKeys(services: Services, workspace: WorkspaceRecord, all: number): Promise<number> {
	const progress = new ProgressLine();
	let done = 0;
	try {
		for await (const page of liveKeys(services, workspace)) {
			for (const key of page) {
				unwrap(await revokeKey(services, key, commandLine));
				done++;
			}
			progress.tell(`${done} of ${all} keys revoked`);
		}
		return done;
	} finally {
		progress.end();
	}
}
