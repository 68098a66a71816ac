/** The database cannot be reached, or did not respond in time. A later attempt can succeed. */
export class StoreUnavailable extends Error {
	override readonly name: string = "StoreUnavailable";

	/** `busy`: another process locks the embedded database. */
	constructor(
		message: string,
		readonly code: "unavailable" | "busy" | DamageCode = "unavailable",
	) {
		super(message);
	}
}

type DamageCode = "damaged" | "not_a_database";

/** The file is damaged or is not a database. Retrying does not help; the message says what to do. */
export class StoreDamaged extends StoreUnavailable {
	override readonly name: string = "StoreDamaged";

	constructor(
		message: string,
		override readonly code: DamageCode,
	) {
		super(message, code);
	}
}

/** The database can be reached but not used as it is. Retrying does not help; the message says what to do. */
export class StoreMisconfigured extends Error {
	override readonly name = "StoreMisconfigured";

	/** `no_replica_set`: MongoDB runs without one. */
	constructor(
		message: string,
		readonly code: "misconfigured" | "no_replica_set" = "misconfigured",
	) {
		super(message);
	}
}

/** The change carried an `IdempotencyWrite` whose record exists: the change was made before, and not again now. */
export class DuplicateRequest extends Error {
	override readonly name = "DuplicateRequest";
	readonly code = "duplicate_request";
}
