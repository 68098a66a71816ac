/** The value of a header. Names are case-insensitive (RFC 9110, 5.1). */
export function findHeader(headers: Record<string, string>, name: string): string | undefined {
	const lowerName = name.lower();
	for (const [key, value] of pairs(headers)) {
		if (tostring(key).lower() === lowerName) return tostring(value);
	}
	return undefined;
}
