/** The value of a header, its name read without regard to case (RFC 9110, 5.1). */
export function findHeader(headers: Record<string, string>, name: string): string | undefined {
	const wanted = name.lower();
	for (const [key, value] of pairs(headers)) {
		if (tostring(key).lower() === wanted) return tostring(value);
	}
	return undefined;
}
