import { type KeyResponse, serializeKey } from "../../api/serializeKey.js";
import type { Services } from "../../core/context.js";
import { type FieldProblem, Problem } from "../../core/problem.js";
import type { KeyRecord } from "../../model/key.js";
import { optionFailure, problemFailure } from "../support/commandFailure.js";

/** How help describes the argument that `keyIdIn` reads. */
export const keyArgument = "the key's id, or the start of its token as lists show it";

/**
 * The id in what was typed for a key: the id itself, or the start of its token
 * (`plk_game_` and the id). Throws for anything else, and repeats none of it:
 * it could be a whole token, pasted by mistake.
 */
export function keyIdIn(given: string, argument = "key"): string {
	const id = idIn(given);
	if (id !== undefined) return id;
	const option = `<${argument}>`;
	throw optionFailure(keyIdProblems(given).map(({ message }) => ({ option, message })));
}

/** What is wrong with it, for commands that have options to check beside it. */
export function keyIdProblems(given: string, argument = "key"): FieldProblem[] {
	if (idIn(given) !== undefined) return [];
	return [{ path: argument, message: "must be a key's id, 12 letters and digits; never its token" }];
}

function idIn(given: string): string | undefined {
	return /^(?:plk_(?:game|svc|adm)_)?([0-9A-Za-z]{12})$/.exec(given.trim())?.[1];
}

/** A key of a workspace. Admin keys belong to accounts, and are not seen here, as in the API. */
export async function findKey(services: Services, id: string): Promise<KeyRecord> {
	const key = await services.store.keys.findById(id);
	if (key?.workspaceId !== undefined) return key;
	throw problemFailure(new Problem("not_found", { detail: `There is no key with the id ${id}.` }));
}

/** The key as the API answers it. */
export async function answerOf({ store, clock }: Services, key: KeyRecord): Promise<KeyResponse> {
	const [workspace, lastUse] = await Promise.all([
		store.workspaces.findById(key.workspaceId ?? ""),
		store.usage.lastUse(key.id),
	]);
	return serializeKey(key, clock.now(), { idleDays: workspace?.idleDays, lastUse });
}
