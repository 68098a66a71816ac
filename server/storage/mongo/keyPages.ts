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
 * The indexes of the lists of keys. What a filter says about equality leads
 * into one, its order is the list's, and each holds all that keys are filtered
 * by: only keys of the page are read.
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
	asked: PageRequest & KeyFilter,
): Promise<Page<KeyRecord>> {
	return pageOf(keys, asked, {
		where: { workspaceId, ...conditionsOf(asked) },
		hint: indexFor(asked),
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
		// Apart from the page's own $or, which would take its place.
		...(search === undefined ? {} : { $and: [{ $or: searchConditions(search) }] }),
	};
}

function searchConditions({ part, foreignStart, ids }: NonNullable<KeyFilter["search"]>): Document[] {
	return [
		{ foldedName: { $regex: literally(foldName(part)) } },
		{ importedPrefix: { $regex: `^${literally(foreignStart)}` } },
		...ids.map(({ start, kind }) => ({
			_id: { $regex: `^${literally(start)}` },
			...(kind === undefined ? {} : { kind }),
		})),
	];
}

/** Text as a regular expression that matches it and nothing else. */
function literally(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
