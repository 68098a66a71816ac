import { limits } from "../../shared/limits.js";
import { invalid, type Problem } from "../core/problem.js";
import type { Page, PageRequest, Position } from "../store/store.js";

/** The position after which the next page begins, as callers see it: opaque, safe in a URL. */
export function writeCursor(position: Position): string {
	return Buffer.from(`${position.createdAt}:${position.id}`).toString("base64url");
}

/** Undefined for anything that `writeCursor` did not write. */
export function readCursor(cursor: string): Position | undefined {
	const text = Buffer.from(cursor, "base64url").toString();
	const match = /^(\d{1,16}):([0-9A-Za-z_]{1,64})$/.exec(text);
	const [, createdAt, id] = match ?? [];
	if (createdAt === undefined || id === undefined) return undefined;
	const position = { createdAt: Number(createdAt), id };
	return writeCursor(position) === cursor ? position : undefined;
}

/** What `?limit=&cursor=` asks for. */
export function pageRequest(query: {
	readonly limit?: number;
	readonly cursor?: string;
}): PageRequest | Problem {
	const limit = query.limit ?? limits.defaultPageSize;
	if (query.cursor === undefined) return { limit };
	const after = readCursor(query.cursor);
	if (after === undefined) {
		return invalid({ path: "cursor", message: "must be the nextCursor of an earlier answer" });
	}
	return { limit, after };
}

/** A page as the API answers it. */
export function serializePage<R extends Position, A>(
	page: Page<R>,
	answer: (record: R) => A,
): { data: A[]; nextCursor?: string } {
	const last = page.records.at(-1);
	return {
		data: page.records.map(answer),
		...(page.more && last !== undefined ? { nextCursor: writeCursor(last) } : {}),
	};
}
