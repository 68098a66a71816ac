import type { AuditEntry, AuditFilter } from "../model/auditEntry.js";
import type { AccountStore, Store } from "../store/store.js";
import { serializeAuditEntry } from "./serializeAuditEntry.js";

/** Entries that an export reads, and holds in memory, at a time. */
const exportPageSize = 500;

/** An entry with the field that lists are ordered by. */
export function withCreatedAt(entry: AuditEntry): AuditEntry & { readonly createdAt: number } {
	return { ...entry, createdAt: entry.at };
}

/** All entries that match a filter, serialized, newest first, a page at a time. */
export async function* exportedAuditEntries(
	{ audit, accounts }: Pick<Store, "audit" | "accounts">,
	filter: AuditFilter,
) {
	let after: { readonly createdAt: number; readonly id: string } | undefined;
	for (let more = true; more; ) {
		const page = await audit.list({ ...filter, limit: exportPageSize, after });
		const last = page.records.at(-1);
		if (last === undefined) return;
		yield page.records.map(await auditEntrySerializer(accounts, page.records));
		after = withCreatedAt(last);
		more = page.more;
	}
}

/** Serializes these entries with the current names of their accounts. */
export async function auditEntrySerializer(accounts: AccountStore, entries: readonly AuditEntry[]) {
	const ids = new Set(entries.flatMap(({ actor }) => (actor.type === "account" ? [actor.id] : [])));
	const found = await Promise.all([...ids].map((id) => accounts.findById(id)));
	const names = new Map(
		found.flatMap((account) => (account === undefined ? [] : [[account.id, account.name]])),
	);
	return (entry: AuditEntry) => serializeAuditEntry(entry, names);
}
