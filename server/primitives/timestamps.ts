/** A time as ISO 8601 in UTC, from milliseconds since the Unix epoch. */
export function isoTime(at: number): string {
	return new Date(at).toISOString();
}

export function optionalIsoTime(at: number | undefined): string | undefined {
	return at === undefined ? undefined : isoTime(at);
}
