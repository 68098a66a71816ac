import { exitCodes } from "../../boot/exitCodes.js";
import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { foldName } from "../../model/foldName.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { CommandFailure, problemFailure } from "../support/commandFailure.js";
import { printable } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";

/** How help describes the argument that `findWorkspace` reads. */
export const workspaceArgument = "the workspace's ID, or its name if no other workspace has it";

/**
 * Finds a workspace by its ID or its name, ignoring case. Throws when there is
 * none, and when several workspaces have the name.
 */
export async function findWorkspace(services: Services, given: string): Promise<WorkspaceRecord> {
	const { workspaces } = services.store;
	const known = await workspaces.findById(given);
	if (known !== undefined) return known;
	const wanted = foldName(given.trim());
	const found: WorkspaceRecord[] = [];
	for await (const page of recordPages((request) => workspaces.list(request))) {
		found.push(...page.filter(({ name }) => foldName(name.trim()) === wanted));
	}
	const [first, second] = found;
	if (first === undefined) {
		const detail = `No workspace has this ID or name: ${printable(given)}`;
		throw problemFailure(new Problem("not_found", { detail }));
	}
	if (second === undefined) return first;
	const ids = found.map(({ id }) => id).join(", ");
	throw new CommandFailure(
		"ambiguous",
		`${found.length} workspaces are named "${printable(first.name)}". Use an ID: ${ids}`,
		exitCodes.failed,
	);
}
