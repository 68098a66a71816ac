import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { AccountRecord } from "../../model/account.js";
import { problemFailure } from "../support/commandFailure.js";
import { printable } from "../support/output.js";

/** How help describes the argument that `findAccount` reads. */
export const accountArgument = "the account's ID or sign-in name";

/**
 * Finds an account by its ID or its name, ignoring case. A name may look like an
 * ID. The ID wins, so that nobody can choose a name that redirects a script to
 * another account.
 */
export async function findAccount({ store }: Services, given: string): Promise<AccountRecord> {
	const wanted = given.trim();
	const known = (await store.accounts.findById(wanted)) ?? (await store.accounts.findByName(wanted));
	if (known !== undefined) return known;
	const detail = `No account has this ID or name: ${printable(given)}`;
	throw problemFailure(new Problem("not_found", { detail }));
}
