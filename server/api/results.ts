/** A response that starts the caller's session, or ends it when there is no token, by setting the cookie. */
export class SessionChange<A> {
	constructor(
		readonly response: A,
		readonly token: string | undefined,
	) {}
}

/** A response that is already JSON text, in ASCII (`asciiJson`). */
export class PreparedJson {
	constructor(
		readonly text: string,
		/** Whether it is the stored response of an earlier request with the same Idempotency-Key. */
		readonly replayed = false,
	) {}
}

/** A response in JSON lines. Its values come a page at a time, so that few are in memory. */
export class JsonLines<T> {
	constructor(readonly pages: AsyncIterable<readonly T[]>) {}
}

/** JSON in ASCII: one byte per character, so that its length is known and writing it is a copy. */
export function asciiJson(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\u0080-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
