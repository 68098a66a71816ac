/** What was looked at. */
export type Check =
	| "configuration"
	| "data directory"
	| "database"
	| "replica set"
	| "secret"
	| "clock"
	| "address"
	| "proxies";

/** What a look at one thing found. */
export interface Finding {
	readonly check: Check;
	/** `problem`: something does not work, or will not. `warning`: it works, but perhaps not as it was meant. */
	readonly status: "ok" | "warning" | "problem";
	readonly message: string;
	/** What to do about it; with every warning and problem. */
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
