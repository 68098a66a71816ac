import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { AccountRecord } from "../../model/account.js";
import { problemFailure } from "../support/commandFailure.js";
import { plain } from "../support/output.js";

/** How help describes the argument that `findAccount` reads. */
export const accountArgument = "the account's id, or the name it signs in with";

/**
 * The account that was meant: by its id, or by its name, ignoring case. Names
 * are unique, but a name may be spelt like an id: then the id counts, so that
 * nobody can come between a script and the account whose id it holds.
 */
export async function findAccount({ store }: Services, given: string): Promise<AccountRecord> {
	const wanted = given.trim();
	const known = (await store.accounts.findById(wanted)) ?? (await store.accounts.findByName(wanted));
	if (known !== undefined) return known;
	const detail = `There is no account with this id or name: ${plain(given)}`;
	throw problemFailure(new Problem("not_found", { detail }));
}
