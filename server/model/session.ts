/** A person who is signed in, in one browser. */
export interface SessionRecord {
	readonly id: string;
	readonly accountId: string;
	/** SHA-256 of the session's token, which only the browser has. */
	readonly digest: Buffer;
	/** The address and the browser it began from. */
	readonly address: string;
	readonly userAgent?: string;
	readonly createdAt: number;
	/** Last use, milliseconds since the Unix epoch; written at most every few minutes. */
	readonly lastSeenAt: number;
	/** When it ends, even if it is in use. */
	readonly expiresAt: number;
}
