import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { KeyRecord } from "../../model/key.js";
import { problemFailure } from "../support/commandFailure.js";
import { plain } from "../support/output.js";

/** How help describes the argument of commands on one admin key. */
export const adminKeyArgument = "the id that create printed: the 12 characters after plk_adm_ in the token";

/** The admin key with this id. Keys of workspaces are not seen here. */
export async function findAdminKey({ store }: Services, id: string): Promise<KeyRecord> {
	const key = await store.keys.findById(id);
	if (key?.kind === "admin") return key;
	throw problemFailure(new Problem("not_found", { detail: `there is no admin key ${id}.` }));
}

/** An admin key for people, in a sentence. */
export function adminKeyMention({ id, name }: Pick<KeyRecord, "id" | "name">): string {
	return `the admin key ${id} ("${plain(name)}")`;
}
