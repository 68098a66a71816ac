/** The database cannot be reached, or did not respond in time. A later attempt can succeed. */
export class StoreUnavailable extends Error {
	override readonly name: string = "StoreUnavailable";
}

/** The file is damaged or is not a database. Retrying does not help; the message says what to do. */
export class StoreDamaged extends StoreUnavailable {
	override readonly name: string = "StoreDamaged";
}

/** The database can be reached but not used as it is. Retrying does not help; the message says what to do. */
export class StoreMisconfigured extends Error {
	override readonly name = "StoreMisconfigured";
}

/** The change carried an `IdempotencyWrite` whose record exists: the change was made before, and not again now. */
export class DuplicateRequest extends Error {
	override readonly name = "DuplicateRequest";
}
