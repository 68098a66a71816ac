import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import { storedKeyStatus } from "../../model/storedKeyStatus.js";
import type { KeyDocument } from "./collections.js";
import { toDocument, toRecord } from "./documents.js";

export function toKeyDocument(key: KeyRecord): KeyDocument {
	return { ...toDocument(key), ...filterFields(key) };
}

export function toKey({ foldedName: _, standing: __, endsAt: ___, ...document }: KeyDocument): KeyRecord {
	return toRecord<KeyRecord>(document);
}

/** The fields that lists of keys are filtered by, derived from the key. */
export function filterFields(
	key: Pick<KeyRecord, "name" | "revokedAt" | "disabledAt" | "expiresAt">,
): Pick<KeyDocument, "foldedName" | "standing" | "endsAt"> {
	return {
		foldedName: foldName(key.name),
		standing: storedKeyStatus(key),
		endsAt: key.expiresAt ?? Number.MAX_SAFE_INTEGER,
	};
}
