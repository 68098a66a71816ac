/** Times as the API writes them: ISO 8601, UTC. The domain counts milliseconds since the Unix epoch. */
export function isoTime(at: number): string {
	return new Date(at).toISOString();
}

export function optionalIsoTime(at: number | undefined): string | undefined {
	return at === undefined ? undefined : isoTime(at);
}
