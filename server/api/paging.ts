import { limits } from "../../shared/limits.js";
import { invalid, type Problem } from "../core/problem.js";
import type { Page, PageRequest, Position } from "../store/store.js";

/** A position as callers get it: the next page starts after it. Opaque, safe in a URL. */
export function writeCursor(position: Position): string {
	return Buffer.from(`${position.createdAt}:${position.id}`).toString("base64url");
}

/** Undefined for anything that `writeCursor` did not return. */
export function readCursor(cursor: string): Position | undefined {
	const text = Buffer.from(cursor, "base64url").toString();
	const match = /^(\d{1,16}):([0-9A-Za-z_]{1,64})$/.exec(text);
	const [, createdAt, id] = match ?? [];
	if (createdAt === undefined || id === undefined) return undefined;
	const position = { createdAt: Number(createdAt), id };
	return writeCursor(position) === cursor ? position : undefined;
}

/** Reads `?limit=&cursor=`. */
export function pageRequest(query: {
	readonly limit?: number;
	readonly cursor?: string;
}): PageRequest | Problem {
	const limit = query.limit ?? limits.defaultPageSize;
	if (query.cursor === undefined) return { limit };
	const after = readCursor(query.cursor);
	if (after === undefined) {
		return invalid({ path: "cursor", message: "must be the nextCursor of an earlier response" });
	}
	return { limit, after };
}

/** A page as the API returns it. */
export function serializePage<R extends Position, A>(
	page: Page<R>,
	serialize: (record: R) => A,
): { data: A[]; nextCursor?: string } {
	const last = page.records.at(-1);
	return {
		data: page.records.map(serialize),
		...(page.more && last !== undefined ? { nextCursor: writeCursor(last) } : {}),
	};
}
