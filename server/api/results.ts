/** An answer that begins the caller's session, or ends it when there is no token: the cookie is set with it. */
export class SessionChange<A> {
	constructor(
		readonly answer: A,
		readonly token: string | undefined,
	) {}
}

/** An answer that is JSON text already, all ASCII: what else is in it is escaped (`asciiJson`). */
export class PreparedJson {
	constructor(
		readonly text: string,
		/** Whether it is the stored response of an earlier request with the same Idempotency-Key. */
		readonly replayed = false,
	) {}
}

/** An answer in JSON lines: the values, some at a time, so that memory holds a few of many. */
export class JsonLines<T> {
	constructor(readonly pages: AsyncIterable<readonly T[]>) {}
}

/** JSON in ASCII: one byte a character, so that its length is known and writing it is a copy. */
export function asciiJson(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\u0080-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
