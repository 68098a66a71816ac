/** What was checked. */
export type Check =
	| "configuration"
	| "data directory"
	| "database"
	| "replica set"
	| "secret"
	| "clock"
	| "address"
	| "proxies";

/** The result of a check. */
export interface Finding {
	readonly check: Check;
	/** `problem`: something does not work or will stop working. `warning`: it works, but maybe not as intended. */
	readonly status: "ok" | "warning" | "problem";
	readonly message: string;
	/** What to do about it. Every warning and problem has one. */
	readonly fix?: string;
}

export function ok(check: Check, message: string): Finding {
	return { check, status: "ok", message };
}

export function warning(check: Check, message: string, fix: string): Finding {
	return { check, status: "warning", message, fix };
}

export function problem(check: Check, message: string, fix: string): Finding {
	return { check, status: "problem", message, fix };
}
