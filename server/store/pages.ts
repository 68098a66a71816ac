/**
 * One page of a list, newest first (by creation time, then ID), by keyset:
 * records created while somebody pages never shift the later pages.
 */
export interface PageRequest {
	readonly limit: number;
	/** Where the previous page ended. */
	readonly after?: Position;
}

/** A position in a list ordered by creation time, then ID. */
export interface Position {
	/** Milliseconds since the Unix epoch. */
	readonly createdAt: number;
	readonly id: string;
}

export interface Page<T> {
	readonly records: readonly T[];
	/** Whether records follow the last one of this page. */
	readonly more: boolean;
}
