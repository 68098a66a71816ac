/** The response to a request with an Idempotency-Key, as stored. */
export interface IdempotencyRecord {
	/** Identifies the caller, the path and the Idempotency-Key. */
	readonly id: string;
	/** The response and a digest of its request, encrypted: the response can contain a token. */
	readonly sealed: Buffer;
	/** When it was stored, milliseconds since the Unix epoch. */
	readonly keptAt: number;
	/** From when on it counts as absent. */
	readonly expiresAt: number;
}

/**
 * How a change stores its response: in one transaction with the change, so that
 * neither ever exists without the other. `T` is what the response is built from.
 */
export interface IdempotencyWrite<T> {
	/** Of the record to be stored. */
	readonly id: string;
	/** The current time: records that expired by then are replaced. */
	readonly at: number;
	/** Called inside the transaction, more than once when the transaction has to run again. */
	recordFor(outcome: T): IdempotencyRecord;
}

/** Whether a change was made before, by the stored record of its Idempotency-Key. */
export function isDuplicate(
	stored: Pick<IdempotencyRecord, "expiresAt"> | undefined,
	{ at }: Pick<IdempotencyWrite<never>, "at">,
): boolean {
	return stored !== undefined && stored.expiresAt > at;
}
