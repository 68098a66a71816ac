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
import { printResult } from "../support/output.js";
import { ProgressLine } from "../support/progressLine.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "./findWorkspace.js";
import { describeWorkspace } from "./workspaceText.js";

/** `placelock workspace delete` */
export function addWorkspaceDelete(workspace: Command): void {
	workspace
		.command("delete")
		.description("delete a workspace with its places and revoked keys")
		.argument("<workspace>", workspaceArgument)
		.option("--revoke-keys", "permanently revoke every key first")
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Fails while the workspace has a key that is not revoked. --revoke-keys revokes them
all first. If it is interrupted, run it again to continue.

Examples:
  placelock workspace delete "Obby Studio"
  placelock workspace delete "Obby Studio" --revoke-keys
  placelock workspace delete ws_d7xo05NXfrt5 --yes --json`,
		)
		.action(async (givenWorkspace: string, given: { revokeKeys?: true; yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, givenWorkspace);
				const activeKeyCount = await countKeys(services, workspace);
				if (activeKeyCount > 0 && !given.revokeKeys) throw problemFailure(hasKeysProblem(activeKeyCount));
				await confirm(deletionText(workspace, activeKeyCount), given);
				const revokedKeys = activeKeyCount === 0 ? 0 : await revokeKeys(services, workspace, activeKeyCount);
				unwrap(await deleteWorkspace(services, workspace, commandLine));
				await printResult(
					given,
					{ workspaceId: workspace.id, deleted: true, ...(given.revokeKeys ? { revokedKeys } : {}) },
					`${colour("green", "Deleted")} ${describeWorkspace(workspace)}` +
						`${activeKeyCount === 0 ? "" : `, after revoking ${pluralize(revokedKeys, "key")}`}.`,
				);
			});
		});
}

function hasKeysProblem(activeKeyCount: number): Problem {
	const detail =
		`The workspace still has ${pluralize(activeKeyCount, "key")} not revoked. Revoke ${activeKeyCount === 1 ? "it" : "them"} first, ` +
		"or pass --revoke-keys to revoke every key permanently.";
	return new Problem("workspace_has_keys", { detail });
}

function deletionText(workspace: WorkspaceRecord, activeKeyCount: number): string {
	const keys = activeKeyCount === 0 ? "its places and revoked keys" : "its places and keys";
	const revoked =
		activeKeyCount === 0
			? ""
			: ` It first revokes ${pluralize(activeKeyCount, "key")}; requests with ${activeKeyCount === 1 ? "it" : "them"} are denied within a second.`;
	return `This deletes ${describeWorkspace(workspace)} with ${keys}. This cannot be undone.${revoked}`;
}

/** Reads the keys of a workspace that are not revoked, a page at a time. */
async function* keysToRevoke(
	{ store }: Services,
	{ id }: WorkspaceRecord,
): AsyncGenerator<readonly KeyRecord[]> {
	for await (const page of recordPages((request) => store.keys.list(id, request))) {
		yield page.filter(({ revokedAt }) => revokedAt === undefined);
	}
}

async function countKeys(services: Services, workspace: WorkspaceRecord): Promise<number> {
	let count = 0;
	for await (const page of keysToRevoke(services, workspace)) count += page.length;
	return count;
}

/** Revokes them one by one, each with its audit entry. Returns how many. */
async function revokeKeys(services: Services, workspace: WorkspaceRecord, all: number): Promise<number> {
	const progress = new ProgressLine();
	let done = 0;
	try {
		for await (const page of keysToRevoke(services, workspace)) {
			for (const key of page) {
				unwrap(await revokeKey(services, key, commandLine));
				done++;
			}
			progress.update(`${done} of ${all} keys revoked`);
		}
		return done;
	} finally {
		progress.end();
	}
}
