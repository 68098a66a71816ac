import type { Collection, Document } from "mongodb";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import type { KeyFilter } from "../../model/keyFilter.js";
import { storedStatusFor } from "../../model/storedKeyStatus.js";
import type { Page, PageRequest } from "../../store/store.js";
import type { KeyDocument } from "./collections.js";
import { toKey } from "./keyDocuments.js";
import { pageOf } from "./pages.js";

/**
 * The indexes for lists of keys. Equality filters select one, its order is that
 * of the list, and each contains everything keys are filtered by, so that only
 * the page's keys are read.
 */
export const keyIndexes = {
	byCreation: { workspaceId: 1, createdAt: -1, _id: -1, kind: 1, foldedName: 1, importedPrefix: 1 },
	byKind: { workspaceId: 1, kind: 1, createdAt: -1, _id: -1, foldedName: 1, importedPrefix: 1 },
	byStanding: {
		workspaceId: 1,
		standing: 1,
		createdAt: -1,
		_id: -1,
		kind: 1,
		endsAt: 1,
		foldedName: 1,
		importedPrefix: 1,
	},
} as const;

export function keyPage(
	keys: Collection<KeyDocument>,
	workspaceId: string,
	query: PageRequest & KeyFilter,
): Promise<Page<KeyRecord>> {
	return pageOf(keys, query, {
		where: { workspaceId, ...conditionsOf(query) },
		hint: indexFor(query),
		record: toKey,
	});
}

function indexFor({ kind, status }: KeyFilter) {
	if (status !== undefined) return keyIndexes.byStanding;
	return kind === undefined ? keyIndexes.byCreation : keyIndexes.byKind;
}

function conditionsOf({ kind, status, search }: KeyFilter): Document {
	const live = status?.name === "active" || status?.name === "expired";
	return {
		...(kind === undefined ? {} : { kind }),
		...(status === undefined ? {} : { standing: storedStatusFor(status.name) }),
		...(live ? { endsAt: status.name === "active" ? { $gt: status.at } : { $lte: status.at } } : {}),
		// In $and: the page's own $or would replace it.
		...(search === undefined ? {} : { $and: [{ $or: searchConditions(search) }] }),
	};
}

function searchConditions({ part, foreignStart, ids }: NonNullable<KeyFilter["search"]>): Document[] {
	return [
		{ foldedName: { $regex: escapeRegExp(foldName(part)) } },
		{ importedPrefix: { $regex: `^${escapeRegExp(foreignStart)}` } },
		...ids.map(({ start, kind }) => ({
			_id: { $regex: `^${escapeRegExp(start)}` },
			...(kind === undefined ? {} : { kind }),
		})),
	];
}

/** A regular expression that matches exactly this text. */
function escapeRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
