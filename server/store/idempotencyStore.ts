import type { IdempotencyRecord } from "../model/idempotencyRecord.js";

/** Responses to requests with an Idempotency-Key. The methods that accept an `IdempotencyWrite` write them. */
export interface IdempotencyStore {
	/** Also returns a record that has expired but is not deleted yet. */
	find(id: string): Promise<IdempotencyRecord | undefined>;
	/** Deletes at most `limit` records that expired at or before `now`. Returns how many. */
	deleteExpired(now: number, limit: number): Promise<number>;
}
