import type { AuditEntry, AuditFilter } from "../model/auditEntry.js";
import type { AccountStore, Store } from "../store/store.js";
import { serializeAuditEntry } from "./serializeAuditEntry.js";

/** Entries an export reads at a time: what it holds in memory at most. */
const entriesAtATime = 500;

/** An entry with the field lists are ordered by. */
export function withListPosition(entry: AuditEntry): AuditEntry & { readonly createdAt: number } {
	return { ...entry, createdAt: entry.at };
}

/** All entries under a filter as the API answers them, newest first, some at a time. */
export async function* auditAnswers(
	{ audit, accounts }: Pick<Store, "audit" | "accounts">,
	filter: AuditFilter,
) {
	let after: { readonly createdAt: number; readonly id: string } | undefined;
	for (let more = true; more; ) {
		const page = await audit.list({ ...filter, limit: entriesAtATime, after });
		const last = page.records.at(-1);
		if (last === undefined) return;
		yield page.records.map(await answeringPages(accounts, page.records));
		after = withListPosition(last);
		more = page.more;
	}
}

/** How entries are answered, with what their accounts are called now. */
export async function answeringPages(accounts: AccountStore, entries: readonly AuditEntry[]) {
	const ids = new Set(entries.flatMap(({ actor }) => (actor.type === "account" ? [actor.id] : [])));
	const found = await Promise.all([...ids].map((id) => accounts.findById(id)));
	const names = new Map(
		found.flatMap((account) => (account === undefined ? [] : [[account.id, account.name]])),
	);
	return (entry: AuditEntry) => serializeAuditEntry(entry, names);
}
