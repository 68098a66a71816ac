import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { KeyRecord } from "../../model/key.js";
import { problemFailure } from "../support/commandFailure.js";
import { printable } from "../support/output.js";

/** How help describes the argument of commands on one admin key. */
export const adminKeyArgument = "the ID that create printed: the 12 characters after plk_adm_ in the token";

/** Finds an admin key. Keys of workspaces do not count. */
export async function findAdminKey({ store }: Services, id: string): Promise<KeyRecord> {
	const key = await store.keys.findById(id);
	if (key?.kind === "admin") return key;
	throw problemFailure(new Problem("not_found", { detail: `No admin key has the ID ${id}.` }));
}

/** An admin key inside a sentence. */
export function describeAdminKey({ id, name }: Pick<KeyRecord, "id" | "name">): string {
	return `admin key ${id} ("${printable(name)}")`;
}
