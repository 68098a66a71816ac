/** The answer to a call with an Idempotency-Key, as the store keeps it. */
export interface IdempotencyRecord {
	/** Stands for the caller, the path and the Idempotency-Key. */
	readonly id: string;
	/** The answer and what it answered, encrypted: it can hold a token. */
	readonly sealed: Buffer;
	/** When it was given, milliseconds since the Unix epoch. */
	readonly keptAt: number;
	/** From when on it counts as absent. */
	readonly expiresAt: number;
}

/**
 * How a change is to keep its answer: in one transaction with the change, so
 * that neither is ever without the other. `T` is what the answer is made from.
 */
export interface IdempotencyWrite<T> {
	/** Of the answer that will be kept. */
	readonly id: string;
	/** Now: what expired by then makes room. */
	readonly at: number;
	/** Called inside the transaction, more than once when that has to run again. */
	recordFor(outcome: T): IdempotencyRecord;
}
