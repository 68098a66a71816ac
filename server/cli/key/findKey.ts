import { type KeyResponse, serializeKey } from "../../api/serializeKey.js";
import type { Services } from "../../core/context.js";
import { type FieldProblem, Problem } from "../../core/problem.js";
import type { KeyRecord } from "../../model/key.js";
import { optionFailure, problemFailure } from "../support/commandFailure.js";

/** How help describes the argument that `parseKeyId` reads. */
export const keyArgument = "the key's ID, or the start of its token";

/**
 * Reads a key's ID from an argument: the ID itself, or the start of its token
 * (`plk_game_` and the ID). Throws for anything else without repeating it: it
 * could be a whole token, pasted by mistake.
 */
export function parseKeyId(given: string, argument = "key"): string {
	const id = matchKeyId(given);
	if (id !== undefined) return id;
	const option = `<${argument}>`;
	throw optionFailure(keyIdProblems(given).map(({ message }) => ({ option, message })));
}

/** The same as problems, for commands that also check options. */
export function keyIdProblems(given: string, argument = "key"): FieldProblem[] {
	if (matchKeyId(given) !== undefined) return [];
	return [{ path: argument, message: "must be a key's ID, 12 letters and digits, never its token" }];
}

function matchKeyId(given: string): string | undefined {
	return /^(?:plk_(?:game|svc|adm)_)?([0-9A-Za-z]{12})$/.exec(given.trim())?.[1];
}

/** Finds a key of a workspace. Admin keys belong to accounts and do not count, as in the API. */
export async function findKey(services: Services, id: string): Promise<KeyRecord> {
	const key = await services.store.keys.findById(id);
	if (key?.workspaceId !== undefined) return key;
	throw problemFailure(new Problem("not_found", { detail: `No key has the ID ${id}.` }));
}

/** The key as the API returns it. */
export async function loadKeyResponse({ store, clock }: Services, key: KeyRecord): Promise<KeyResponse> {
	const [workspace, lastUse] = await Promise.all([
		store.workspaces.findById(key.workspaceId ?? ""),
		store.usage.lastUse(key.id),
	]);
	return serializeKey(key, clock.now(), { idleDays: workspace?.idleDays, lastUse });
}
