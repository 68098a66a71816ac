import type { AccountRecord } from "../../model/account.js";
import type { MemberRecord } from "../../model/member.js";
import type { PlaceRecord } from "../../model/place.js";
import type { AccountDocument, DocumentOf, MemberDocument, PlaceDocument } from "./collections.js";

export function toDocument<T extends { readonly id: string }>(record: T): DocumentOf<T> {
	const { id, ...rest } = record;
	return { _id: id, ...rest };
}

export function toRecord<T extends { readonly id: string }>(document: DocumentOf<T>): T {
	const { _id, ...rest } = document;
	return { id: _id, ...rest } as unknown as T;
}

export function toPlace({ _id, ...place }: PlaceDocument): PlaceRecord {
	return place;
}

export function toAccount({ foldedName: _, moves: __, ...document }: AccountDocument): AccountRecord {
	return toRecord<AccountRecord>(document);
}

export function toMember({ _id, workspaceCreatedAt: _, ...member }: MemberDocument): MemberRecord {
	return member;
}
